package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when no back end has an image. */
class FallbackTest {

  private static final String REFUSAL = "{\"error\":{\"code\":\"content_policy_violation\"}}";

  @TempDir private Path cache;
  private final byte[] png = SampleImages.png(300, 1);
  private final Painter backend = Painter.start();
  private final Painter fallback = Painter.start();

  @AfterEach
  void stop() {
    backend.close();
    fallback.close();
  }

  @Test
  void backend_failing_leavesTheImageToTheFallback() throws Exception {
    backend.fails(500, "");
    fallback.answers(aResponse().withBody(png));
    try (var nectar = start(Map.of("POLLINATIONS_MODEL", "turbo"))) {
      var answer = nectar.get(NectarServer.target("a/b?c") + "&width=640&height=480&seed=7");

      assertThat(answer.body()).isEqualTo(png);
      assertThat(header(answer, "X-Image-Source")).isEqualTo("fallback");
      assertThat(fallback.calls().getLast().getUrl())
          .startsWith("/prompt/a%2Fb%3Fc?")
          .contains("width=640", "height=480", "seed=7", "model=turbo");
      var again = nectar.get(NectarServer.target("a/b?c") + "&width=640&height=480&seed=7");
      assertThat(header(again, "X-Cache")).isEqualTo("HIT");
      assertThat(header(again, "X-Image-Source")).isEqualTo("fallback");
    }
  }

  @Test
  void fallback_failed_isRememberedForAWhile() throws Exception {
    backend.fails(500, "");
    fallback.fails(400, "inner words");
    try (var nectar = start(Map.of())) {
      var answer = nectar.image("hopeless");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(NectarServer.json(answer).get("detail").asString())
          .contains("back ends", "fallback")
          .doesNotContain("inner words", "localhost");
      var calls = backend.calls().size() + fallback.calls().size();

      assertThat(nectar.image("hopeless").statusCode()).isEqualTo(502);
      assertThat(backend.calls().size() + fallback.calls().size()).isEqualTo(calls);
    }
  }

  @Test
  void block_outlivesAFailedFallback() throws Exception {
    backend.fails(400, REFUSAL);
    fallback.fails(400, "");
    try (var nectar = start(Map.of("FALLBACK_FAILED_TTL", "1ms"))) {
      assertThat(nectar.image("refused").statusCode()).isEqualTo(502);
      assertThat(backend.calls()).hasSize(1);

      fallback.answers(aResponse().withBody(png));
      var answer = nectar.image("refused");
      assertThat(header(answer, "X-Image-Source")).isEqualTo("fallback");
      assertThat(backend.calls()).hasSize(1);
    }
  }

  @Test
  void failure_withoutRefusal_isNeverRememberedAsABlock() throws Exception {
    backend.fails(503, "");
    fallback.fails(400, "");
    try (var nectar = start(Map.of("FALLBACK_FAILED_TTL", "1ms"))) {
      assertThat(nectar.image("unlucky").statusCode()).isEqualTo(502);

      backend.paints(png);
      assertThat(header(nectar.image("unlucky"), "X-Image-Source")).isEqualTo("backend");
    }
  }

  private NectarServer start(Map<String, String> more) {
    var settings = new LinkedHashMap<>(more);
    settings.put("POLLINATIONS_ENABLED", "true");
    settings.put("POLLINATIONS_URL", fallback.url() + "/prompt");
    return NectarServer.start(cache, backend.url(), settings);
  }
}
