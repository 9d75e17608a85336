package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nectar.image.SampleImages;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is refused, and that every refusal is a problem with an id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFaultsTest {

  private static final String KEY = "?key=" + NectarServer.KEY;

  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  RequestFaultsTest(@TempDir Path cache) {
    nectar = NectarServer.start(cache, painter.url());
  }

  @BeforeAll
  void paint() {
    painter.paints(SampleImages.png(200, 1));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        argumentSet("malformed escape", "/prompt/100%" + KEY, "escape"),
        argumentSet("malformed hex", "/prompt/%zz" + KEY, "escape"),
        argumentSet("half an escape", "/prompt/a%4" + KEY, "escape"),
        argumentSet("invalid UTF-8", "/prompt/%ff" + KEY, "UTF-8"),
        argumentSet("overlong UTF-8", "/prompt/%c0%af" + KEY, "UTF-8"),
        argumentSet("encoded surrogate", "/prompt/%ed%a0%80" + KEY, "UTF-8"),
        argumentSet("empty", "/prompt/" + KEY, "prompt"),
        argumentSet("no slash", "/prompt" + KEY, "prompt"),
        argumentSet("blank", "/prompt/%20%0A" + KEY, "prompt"),
        argumentSet("too long", "/prompt/" + "a".repeat(32_001) + KEY, "32,000"),
        argumentSet("width too small", "/prompt/a" + KEY + "&width=15", "'width'"),
        argumentSet("width too large", "/prompt/a" + KEY + "&width=4097", "'width'"),
        argumentSet("height no number", "/prompt/a" + KEY + "&height=tall", "'height'"),
        argumentSet("height a fraction", "/prompt/a" + KEY + "&height=1.5", "'height'"),
        argumentSet("seed too small", "/prompt/a" + KEY + "&seed=-2", "'seed'"),
        argumentSet("seed too large", "/prompt/a" + KEY + "&seed=9223372036854775808", "'seed'"),
        argumentSet("parameter not UTF-8", "/prompt/a" + KEY + "&model=%ff", "'model'"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void request_faulty_isProblem400ThatSaysWhy(String target, String why) throws Exception {
    var answer = RawExchange.get(nectar.port(), target);

    assertProblem(answer, 400);
    assertThat(JsonMapper.shared().readTree(answer.body()).get("detail").asString()).contains(why);
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        argumentSet("nothing", " ", "JSON"),
        argumentSet("no JSON", "{", "JSON"),
        argumentSet("an array", "[]", "JSON"),
        argumentSet("null", "null", "JSON"),
        argumentSet("two objects", "{\"prompt\":\"a\"}{}", "JSON"),
        argumentSet("too large", "{\"prompt\":\"" + "a".repeat(600_000) + "\"}", "JSON"),
        argumentSet("no prompt", "{}", "prompt"),
        argumentSet("prompt an object", "{\"prompt\":{}}", "prompt"),
        argumentSet("prompt too long", "{\"prompt\":\"" + "a".repeat(32_001) + "\"}", "32,000"),
        argumentSet("lone surrogate", "{\"prompt\":\"\\ud800\"}", "prompt"),
        argumentSet("width out of range", "{\"prompt\":\"a\",\"width\":5}", "'width'"),
        argumentSet("width a list", "{\"prompt\":\"a\",\"width\":[5]}", "'width'"),
        argumentSet("seed a fraction", "{\"prompt\":\"a\",\"seed\":1.5}", "'seed'"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void post_faulty_isProblem400ThatSaysWhy(String body, String why) throws Exception {
    var answer = nectar.send("POST", "/prompt" + KEY, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(NectarServer.json(answer).get("detail").asString()).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/prompt/a",
        "/prompt/a?key=wrong",
        "/prompt/a?key=",
        "/prompt/a?key=%zz",
        "/prompt/%zz?key=wrong",
        "/prompt/?width=none",
        "/prompt/a?width=none&seed=none",
        "/prompt"
      })
  void key_wrongOrMissing_is401WhateverElseIsWrong(String target) throws Exception {
    var answer = RawExchange.get(nectar.port(), target);

    assertProblem(answer, 401);
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void post_wrongKeyAndNoJson_is401() throws Exception {
    assertThat(nectar.send("POST", "/prompt?key=wrong", "{").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
  void key_asBearerToken_opens(String scheme) throws Exception {
    var answer = nectar.get("/prompt/bearer", "Authorization", scheme + NectarServer.KEY);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void key_asBasicCredentials_is401() throws Exception {
    var answer = nectar.get("/prompt/a", "Authorization", "Basic " + NectarServer.KEY);

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/ui/nothing",
        "/index.html",
        "/prompts/a",
        "/error/x",
        "/actuator/env",
        "/prompt;a/b",
        "/x%2F"
      })
  void path_unknown_isProblem(String target) throws Exception {
    var answer = RawExchange.get(nectar.port(), target + KEY);

    assertProblem(answer, answer.status());
    assertThat(answer.status()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE /prompt/a", "PUT /prompt/a", "GET /cache/delete", "POST /status"})
  void method_notSupported_isProblem405(String line) throws Exception {
    assertProblem(send(line + KEY + " HTTP/1.1\r\nHost: localhost\r\n"), 405);
  }

  @Test
  void requestLine_malformed_isProblem400() throws Exception {
    assertProblem(send("GET /prompt/a\u0001b" + KEY + " HTTP/1.1\r\nHost: localhost\r\n"), 400);
    assertProblem(send("G@T /prompt/ab" + KEY + " HTTP/1.1\r\nHost: localhost\r\n"), 400);
    assertProblem(send("GET /prompt/\u00e9" + KEY + " HTTP/1.1\r\nHost: localhost\r\n"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/prompt/a red apple?key=an-access-key",
        "/prompt/a?prompt=a red apple&key=an-access-key",
        "/prompt/caf\u00c3\u00a9?key=an-access-key",
        "/prompt/a Horse",
        "/prompt?prompt=caf\u00e9"
      })
  void requestLine_withARawBlankOrSign_isProblem400ThatSaysHowToWriteIt(String target)
      throws Exception {
    var answer = send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n");

    assertProblem(answer, 400);
    assertThat(JsonMapper.shared().readTree(answer.body()).get("detail").asString())
        .contains("%20", "curl -G --data-urlencode");
  }

  @Test
  void head_malformedElsewhere_isNotBlamedOnTheRequestLine() throws Exception {
    for (var head :
        new String[] {"GET /prompt/ab HTTP/1.1\r\n", "G@T /prompt/ab HTTP/1.1\r\nHost: a\r\n"}) {
      assertThat(send(head).body()).doesNotContain("data-urlencode");
    }
  }

  @Test
  void host_missing_isProblem400() throws Exception {
    assertProblem(send("GET /prompt/ab" + KEY + " HTTP/1.1\r\n"), 400);
  }

  @Test
  void head_over64KiloBytes_isProblem() throws Exception {
    var answer = RawExchange.get(nectar.port(), "/prompt/" + "a".repeat(70_000) + KEY);

    assertProblem(answer, answer.status());
    assertThat(answer.status()).isIn(400, 414, 431);
  }

  @Test
  void httpVersion_unknown_isProblem() throws Exception {
    assertProblem(send("GET /prompt/ab" + KEY + " HTTP/9.9\r\nHost: localhost\r\n"), 505);
  }

  /** Nobody is asked for a body that is refused anyway. */
  @ParameterizedTest
  @ValueSource(strings = {"/prompt?key=wrong", "/v1/images/generations", "/cache/delete"})
  void expectation_withoutAccess_isRefusedAtOnce(String target) throws Exception {
    var answer =
        RawExchange.send(
            nectar.port(),
            "POST "
                + target
                + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n");

    assertThat(answer.status()).isIn(401, 403);
  }

  @Test
  void expectation_withTheKey_isMet() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port())) {
      socket.setSoTimeout(10_000);
      var head =
          "POST /prompt"
              + KEY
              + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 14\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(17))
          .asString(ISO_8859_1)
          .isEqualTo("HTTP/1.1 100 \r\n\r\n");
      socket.getOutputStream().write("{\"prompt\":\"a\"}".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(12))
          .asString(ISO_8859_1)
          .isEqualTo("HTTP/1.1 200");
    }
  }

  private RawExchange send(String head) throws Exception {
    return RawExchange.send(nectar.port(), head + "Connection: close\r\n\r\n");
  }

  private static void assertProblem(RawExchange answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    var problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.get("title").asString()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank();
    assertThat(problem.get("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
  }
}
