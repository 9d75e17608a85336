package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tests that order images of one server as of OpenAI. */
abstract class OpenAiImagesCase extends ServerCase {

  OpenAiImagesCase(Path cache) {
    super(cache, Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars", "OPENAI_SEED", "42"));
  }

  HttpResponse<byte[]> ask(String body) throws IOException, InterruptedException {
    return nectar.order(body);
  }

  static void assertError(HttpResponse<byte[]> answer, @Nullable String param) {
    assertError(
        answer, 400, "invalid_request_error", param, param == null ? null : "invalid_value");
  }

  static void assertError(
      HttpResponse<byte[]> answer,
      int status,
      String type,
      @Nullable String param,
      @Nullable String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    var error = json(answer).get("error");
    assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
    assertThat(error.get("message").asString()).isNotBlank();
    assertThat(error.get("type").asString()).isEqualTo(type);
    assertThat(error.get("param").asString(null)).isEqualTo(param);
    assertThat(error.get("code").asString(null)).isEqualTo(code);
  }
}
