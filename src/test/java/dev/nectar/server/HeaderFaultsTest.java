package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Headers are the client's: whatever is in them is no fault of the server. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class HeaderFaultsTest {

  private static final String BEARER = "Authorization: Bearer " + NectarServer.KEY + "\r\n";
  private static final String ADMIN = "X-Admin-Token: " + NectarServer.ADMIN_TOKEN + "\r\n";

  /** Of any kind, for any header. */
  private static final List<String> VALUES =
      List.of(
          "",
          ",",
          ";",
          "=",
          "*",
          "*/*",
          "/",
          "\"",
          "\\",
          "a/b/c;=;q",
          "text/html;q=x;charset=\"",
          "application/json;charset=nothing",
          "multipart/form-data",
          "-1",
          "0",
          "99999999999999999999",
          "bytes=",
          "bytes=,",
          "bytes=-",
          "bytes=5-2",
          "bytes=0-0,".repeat(200),
          "bytes=99999999999999999999-",
          "Bearer",
          "Basic !",
          "Digest username=\"",
          "http://[::1",
          "http://a:99999999/%zz",
          "null",
          "[::1]:x",
          "a:99999",
          "a,b, c ,,d",
          "for=\"[::1\";proto=;host=a:b:c",
          "en,".repeat(40) + "x-y-z-1234567890",
          "W/\"",
          "Thu, 99 Foo 99999 99:99:99 GMT",
          "100-continue, x",
          "chunked, chunked",
          "gzip;q=9, *;q=-1",
          "respond-async; wait=x",
          "h2c, websocket",
          "a=b; $Version=1; c=\"\u0001",
          "\u00e9\u00ff\u0080",
          "a\tb",
          "x".repeat(20_000));

  private static final List<String> NAMES =
      List.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Content-Type",
          "Content-Encoding",
          "Content-Length",
          "Content-Range",
          "Range",
          "If-Range",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "Origin",
          "Referer",
          "Host",
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-Forwarded-Prefix",
          "X-Forwarded-Ssl",
          "X-HTTP-Method-Override",
          "Authorization",
          "Cookie",
          "Expect",
          "Connection",
          "Keep-Alive",
          "Transfer-Encoding",
          "TE",
          "Trailer",
          "Upgrade",
          "Prefer",
          "X-Request-Id",
          "X-Admin-Token",
          "Access-Control-Request-Method",
          "Access-Control-Request-Headers",
          "Sec-Fetch-Site",
          "Last-Event-ID",
          "User-Agent");

  /** Of so many requests, one is sent a header with a value; the next one another. */
  private static final int SPREAD = 8;

  private final Painter painter = Painter.start();
  private final NectarServer nectar;
  private int clients;
  private int requests;

  HeaderFaultsTest(@TempDir Path cache) {
    nectar =
        NectarServer.start(
            cache,
            painter.url(),
            Map.of(
                "TRUSTED_PROXIES", "127.0.0.0/8,::1",
                "URL_SIGNING_KEYS", "a-signing-key-of-32-characters-00",
                "RATE_LIMIT", "1000000/s"));
  }

  @BeforeAll
  void paint() throws Exception {
    painter.paints(SampleImages.png(200, 1));
    assertThat(nectar.image("a").statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        get("/", ""),
        get("/ui/config.json", ""),
        get("/ui/app.js", ""),
        get("/prompt/a?key=" + NectarServer.KEY, ""),
        get("/prompt/a", BEARER + "Accept: text/event-stream\r\n"),
        get("/image/a", ""),
        get("/image/models", ""),
        get("/models", ""),
        get("/sign?prompt=a", BEARER),
        get("/v1/models", BEARER),
        get("/status", ""),
        get("/status/history", ""),
        get("/actuator/health", ""),
        get("/actuator/health/readiness", ""),
        get("/admin/entries", ADMIN),
        get("/nothing", ""),
        get("/error", ""),
        post("/prompt", BEARER, "{\"prompt\":\"a\"}"),
        post("/sign", BEARER, "{\"prompt\":\"a\"}"),
        post("/v1/images/generations", BEARER, "{\"prompt\":\"a\"}"),
        post("/cache/delete", ADMIN, "{\"description\":\"none\"}"),
        post("/prompt", "", "{}"),
        argumentSet("OPTIONS /v1/models", "OPTIONS /v1/models", "Origin: http://a\r\n", ""));
  }

  private static Arguments get(String target, String headers) {
    return argumentSet("GET " + target, "GET " + target, headers, "");
  }

  private static Arguments post(String target, String headers, String body) {
    return argumentSet("POST " + target, "POST " + target, headers, body);
  }

  /**
   * Each header stands alone, and takes the place of one that is needed. Each comes from an address
   * of its own, so that none is refused for the wrong tokens before it. Every header has every
   * value at some of the requests, and at every request some of them.
   */
  @ParameterizedTest
  @MethodSource("requests")
  void header_ofAnyValue_isNoFaultOfTheServer(
      String line, String headers, String body, CapturedOutput output) throws Exception {
    var faults = new ArrayList<String>();
    var turn = requests++;
    for (var name : NAMES) {
      for (var value : VALUES) {
        if (turn++ % SPREAD != 0) {
          continue;
        }
        var own =
            "%sHost: localhost\r\nX-Forwarded-For: %s\r\nContent-Length: %d\r\n"
                .formatted(headers, nextAddress(), body.length());
        var others = new StringBuilder();
        own.lines()
            .filter(each -> !each.startsWith(name + ":"))
            .forEach(each -> others.append(each).append("\r\n"));
        var status =
            status("%s HTTP/1.1\r\n%s%s: %s\r\n".formatted(line, others, name, value), body);
        if (status >= 500 && !(status == 501 && name.equals("Transfer-Encoding"))) {
          faults.add(name + ": " + value.substring(0, Math.min(40, value.length())) + " " + status);
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(output.getAll()).doesNotContain("\tat ", " ERROR ", " WARN ");
  }

  private String nextAddress() {
    clients++;
    return "10.%d.%d.%d".formatted(clients >> 16, clients >> 8 & 255, clients & 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=", "bytes=,", "bytes=-", "bytes=5-2", "bytes=x", "bytes=9999-"})
  void range_ofNoBytes_is416(String range) throws Exception {
    var answer = nectar.image("a", "Range", range);

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(NectarServer.header(answer, "Content-Range")).isEqualTo("bytes */200");
  }

  @Test
  void acceptLanguage_long_isPassedOver() throws Exception {
    assertThat(nectar.get("/status", "Accept-Language", "en,".repeat(40)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "text", ""})
  void contentType_ofARequestWithoutBody_isPassedOver(String type) throws Exception {
    assertThat(nectar.get("/", "Content-Type", type).statusCode()).isEqualTo(200);
  }

  /** The status; 0 if the server has more to be told, or says nothing. */
  private int status(String head, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n" + body).getBytes(ISO_8859_1));
      // What a length or an encoding has promised does not come.
      socket.shutdownOutput();
      var answer = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
      return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9));
    }
  }
}
