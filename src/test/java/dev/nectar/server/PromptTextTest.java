package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the text of a prompt, it reaches the back end to the letter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromptTextTest {

  private static final String KEY = "?key=" + NectarServer.KEY;

  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  PromptTextTest(@TempDir Path cache) {
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
        argumentSet("encoded slash", "a%2Fb", "a/b"),
        argumentSet("slash", "a/b", "a/b"),
        argumentSet("double slash", "a//b", "a//b"),
        argumentSet("leading slash", "/a", "/a"),
        argumentSet("leading slashes", "//evil.example/a", "//evil.example/a"),
        argumentSet("trailing slash", "a/", "a/"),
        argumentSet("semicolon", "a;jsessionid=1;b", "a;jsessionid=1;b"),
        argumentSet("backslash", "a\\b", "a\\b"),
        argumentSet("encoded backslash", "a%5Cb", "a\\b"),
        argumentSet("percent", "100%25", "100%"),
        argumentSet("decoded once", "%252F", "%2F"),
        argumentSet("line breaks", "a%0D%0Ab%0Ac", "a\r\nb\nc"),
        argumentSet("dots", "a.b..", "a.b.."),
        argumentSet("dot segments", "../../status", "../../status"),
        argumentSet("lone dots", "..", ".."),
        argumentSet("encoded dot segments", "%2e%2e/%2e%2e/cache", "../../cache"),
        argumentSet("emoji", "%F0%9F%A6%8A%20fox", "\ud83e\udd8a fox"),
        argumentSet("NUL", "a%00b", "a\0b"),
        argumentSet("plus", "a+b", "a+b"),
        argumentSet("question mark", "why%3F", "why?"),
        argumentSet("hash", "a%23b", "a#b"),
        argumentSet("characters that should be escaped", "a|b\"<c>[d]^`{e}", "a|b\"<c>[d]^`{e}"),
        argumentSet("CJK", "%E7%8C%AB", "\u732b"),
        argumentSet("right to left", "%D7%97%D7%AA%D7%95%D7%9C", "\u05d7\u05ea\u05d5\u05dc"),
        argumentSet("spaces around", "%20a%20", " a "),
        argumentSet("quotes", "say%20%22hi%22", "say \"hi\""));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void target_asWritten_reachesBackendAsItsText(String target, String prompt) throws IOException {
    assertThat(RawExchange.get(nectar.port(), "/prompt/" + target + KEY).status()).isEqualTo(200);
    assertThat(painter.lastPrompt()).isEqualTo(prompt);
  }

  @Test
  void target_inAbsoluteForm_isRead() throws IOException {
    var answer = RawExchange.get(nectar.port(), "http://localhost/prompt/an%2Fabsolute/one" + KEY);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(painter.lastPrompt()).isEqualTo("an/absolute/one");
  }

  @Test
  void post_longPrompt_reachesBackendWhole() throws Exception {
    var prompt = "\u732b".repeat(32_000);
    var body = JsonMapper.shared().writeValueAsString(Map.of("prompt", prompt));

    assertThat(nectar.send("POST", "/prompt" + KEY, body).statusCode()).isEqualTo(200);
    assertThat(painter.lastPrompt()).isEqualTo(prompt);
  }

  @Test
  void post_parameters_areThoseOfGet() throws Exception {
    var body =
        """
        {"prompt": "posted", "width": 640, "height": "480", "model": "m", "seed": 7, "other": []}
        """;

    var posted = nectar.send("POST", "/prompt" + KEY, body);
    var sent = painter.lastBody();
    var got = nectar.get("/prompt/posted" + KEY + "&width=640&height=480&model=m&seed=7&other=x");

    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(sent.get("size").asString()).isEqualTo("640x480");
    assertThat(sent.get("model").asString()).isEqualTo("m");
    assertThat(sent.get("seed").asInt()).isEqualTo(7);
    assertThat(NectarServer.header(got, "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void size_oneEdgeGiven_otherIs1024() throws Exception {
    assertThat(nectar.get("/prompt/edge" + KEY + "&width=640").statusCode()).isEqualTo(200);
    assertThat(painter.lastBody().get("size").asString()).isEqualTo("640x1024");
    var same = nectar.get("/prompt/edge" + KEY + "&width=640&height=1024");
    assertThat(NectarServer.header(same, "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void request_withoutParameters_sendsSeed42AndNoSizeOrModel() throws Exception {
    assertThat(nectar.image("plain").statusCode()).isEqualTo(200);

    assertThat(painter.lastBody().propertyNames()).containsExactlyInAnyOrder("prompt", "n", "seed");
    assertThat(painter.lastBody().get("n").asInt()).isEqualTo(1);
    assertThat(painter.lastBody().get("seed").asInt()).isEqualTo(42);
  }
}
