package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How people find the page, and how it comes to them. */
@ExtendWith(OutputCaptureExtension.class)
class PageDeliveryTest {

  private static final String LEVEL = "logging.level.dev.nectar";

  @TempDir private Path cache;

  @Test
  void start_tellsWhereThePageIs(CapturedOutput output) {
    try (var nectar = NectarServer.start(cache, "http://unused", Map.of(LEVEL, "info"))) {
      assertThat(output.getOut())
          .containsOnlyOnce("The page is at http://localhost:" + nectar.port() + "/\n");
    }
  }

  @Test
  void start_withAPublicUrl_tellsThat(CapturedOutput output) {
    var settings = Map.of(LEVEL, "info", "PUBLIC_URL", "https://images.example.com/nectar");
    try (var _ = NectarServer.start(cache, "http://unused", settings)) {
      assertThat(output.getOut()).contains("The page is at https://images.example.com/nectar\n");
    }
  }

  @Test
  void start_ofTheDemo_tellsItsKey(CapturedOutput output) {
    var settings = Map.of(LEVEL, "info", "spring.profiles.active", "demo");
    try (var nectar = NectarServer.start(cache, "http://unused", settings)) {
      assertThat(output.getOut())
          .contains("http://localhost:" + nectar.port() + "/prompt/a%20red%20apple?key=demo\n");
    }
  }

  @Test
  void texts_areCompressed_picturesAreNot() throws Exception {
    try (var painter = Painter.start();
        var nectar = NectarServer.start(cache, painter.url())) {
      painter.paints(SampleImages.png(50_000, 1));
      for (var text : new String[] {"/", "/ui/main.js", "/ui/style/base.css"}) {
        var answer = nectar.get(text, "Accept-Encoding", "gzip");
        assertThat(header(answer, "Content-Encoding")).as(text).isEqualTo("gzip");
        assertThat(header(answer, "Vary")).as(text).containsIgnoringCase("Accept-Encoding");
        assertThat(answer.body().length).as(text).isLessThan(nectar.get(text).body().length / 2);
      }
      for (var other :
          new String[] {NectarServer.target("apple"), "/ui/font/instrument-sans.woff2"}) {
        var answer = nectar.get(other, "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).as(other).isEmpty();
      }
    }
  }
}
