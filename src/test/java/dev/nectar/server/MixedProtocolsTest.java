package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One server with four back ends, one a protocol. */
@Tag("slow")
class MixedProtocolsTest {

  private static final String TOKEN = "sk-mixed-0123456789";
  private static final String REFUSAL = "{\"error\":{\"code\":\"content_policy_violation\"}}";

  @TempDir private Path cache;
  private final byte[] png = SampleImages.png(3_000, 1);
  private final Painter images = Painter.start();
  private final Painter chat = Painter.start();
  private final Painter gemini = Painter.start();
  private final Painter automatic = Painter.start();

  @AfterEach
  void stop() {
    all().forEach(Painter::close);
  }

  private List<Painter> all() {
    return List.of(images, chat, gemini, automatic);
  }

  private void paint(Painter painter) {
    painter.answers(painting(painter));
  }

  private ResponseDefinitionBuilder painting(Painter painter) {
    var base64 = Base64.getEncoder().encodeToString(png);
    if (painter == chat) {
      return aResponse()
          .withBody(
              "{\"choices\":[{\"message\":{\"content\":\"![](data:image/png;base64,%s)\"}}]}"
                  .formatted(base64));
    }
    if (painter == gemini) {
      return aResponse()
          .withBody(
              "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"%s\"}}]}}]}"
                  .formatted(base64));
    }
    return painter == images
        ? Painter.painting(png)
        : aResponse().withBody("{\"images\":[\"" + base64 + "\"]}");
  }

  private String backends() {
    return Stream.of(
            images.url(),
            chat.url() + "/v1/chat/completions",
            gemini.url() + "/v1beta",
            automatic.url().replace("//", "//user:hidden-pass@") + "/sdapi/v1/txt2img")
        .reduce((left, right) -> left + "," + right)
        .orElseThrow();
  }

  private NectarServer start() {
    return NectarServer.start(
        cache,
        backends(),
        Map.of(
            "AUTH_TOKEN",
            TOKEN,
            "DEFAULT_MODEL",
            "painter-1",
            "BACKEND_PROTOCOLS",
            "{\"" + gemini.url() + "/v1beta\": \"gemini\"}",
            "BLOCKED_RETRY_ATTEMPTS",
            "4"));
  }

  @Test
  void backends_ofAllProtocols_shareTheWork() throws Exception {
    all().forEach(this::paint);
    try (var nectar = start()) {
      for (var i = 0; all().stream().anyMatch(painter -> painter.calls().isEmpty()); i++) {
        assertThat(nectar.image("prompt " + i).body()).isEqualTo(png);
      }

      assertThat(nectar.status().get("backends"))
          .extracting(backend -> backend.get("protocol").asString())
          .containsExactly("images", "chat", "gemini", "a1111");
      assertThat(nectar.status().toString()).doesNotContain(TOKEN, "hidden-pass");
    }
    assertThat(gemini.calls().getFirst().getHeader("x-goog-api-key")).isEqualTo(TOKEN);
    assertThat(chat.calls().getFirst().getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(automatic.calls().getFirst().getHeader("Authorization")).startsWith("Basic ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void backend_ofAnyProtocol_paintsWhereTheOthersRefuseOrFail(int number) throws Exception {
    var others = all().stream().filter(painter -> painter != all().get(number)).toList();
    others.getFirst().fails(400, REFUSAL);
    others.get(1).fails(500, "{}");
    others.getLast().answers(aResponse().withBody("{}"));
    paint(all().get(number));
    try (var nectar = start()) {
      for (var i = 0; others.stream().anyMatch(painter -> painter.calls().isEmpty()); i++) {
        assertThat(nectar.image("prompt " + i).body()).isEqualTo(png);
      }
    }
  }

  @Test
  void failures_ofAllProtocols_tellNoSecrets() throws Exception {
    for (var painter : all()) {
      painter.fails(
          401, "{\"error\":{\"message\":\"Wrong key " + TOKEN + ", wrong hidden-pass.\"}}");
    }
    try (var nectar = start()) {
      var answer = nectar.image("a prompt");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(NectarServer.text(answer)).contains("key refused").doesNotContain("localhost");
      var failures = nectar.get("/admin/failures", "X-Admin-Token", NectarServer.ADMIN_TOKEN);
      assertThat(NectarServer.json(failures)).hasSize(4);
      assertThat(NectarServer.text(failures)).doesNotContain(TOKEN, "hidden-pass");
    }
  }
}
