package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins may ask for images, and for nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossOriginTest {

  private final NectarServer nectar;

  CrossOriginTest(@TempDir Path cache) {
    nectar = NectarServer.start(cache, "http://localhost:1");
  }

  @AfterAll
  void stop() {
    nectar.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/prompt",
        "/prompt/a/b?seed=1",
        "/image/a",
        "/sign",
        "/models",
        "/image/models",
        "/v1/images/generations",
        "/v1/models",
        "/v1/chat/completions",
        "/images/generations",
        "/chat/completions",
        "/openai/deployments/m/images/generations",
        "/openai/models",
        "//v1/images/edits/",
        "/sdapi/v1/txt2img"
      })
  void preflight_ofWhatPagesMayCall_allowsKeyAndMethod(String target) throws Exception {
    var answer = preflight(target);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .isEqualTo("authorization,content-type,prefer,x-api-key,x-stainless-os");
    assertThat(answer.header("Access-Control-Max-Age")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cache/delete", "/actuator/health"})
  void preflight_ofAnythingElse_allowsNothing(String target) throws Exception {
    assertThat(preflight(target).header("Access-Control-Allow-Headers")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/models", "/v1/models", "/prompt/a", "/v1/none"})
  void answer_ofAnyStatus_isReadableForPages(String target) throws Exception {
    var answer = nectar.get(target, "Origin", "https://page.example");

    assertThat(NectarServer.header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(NectarServer.header(answer, "Access-Control-Expose-Headers")).isEqualTo("*");
  }

  private RawExchange preflight(String target) throws IOException {
    return RawExchange.send(
        nectar.port(),
        "OPTIONS "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Origin: https://page.example\r\nAccess-Control-Request-Method: POST\r\n"
            + "Access-Control-Request-Headers: authorization,content-type,prefer,x-api-key,"
            + "x-stainless-os\r\n\r\n");
  }
}
