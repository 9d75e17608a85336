package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose pages may embed images. */
class AllowedReferersTest {

  @Test
  void page_ofAnotherHost_is403OnceTheKeyIsRight(@TempDir Path cache) throws Exception {
    try (var painter = Painter.start();
        var nectar =
            NectarServer.start(
                cache, painter.url(), Map.of("ALLOWED_REFERERS", "blog.example.com"))) {
      painter.paints(SampleImages.png(300, 1));
      var foreign = new String[] {"Referer", "https://elsewhere.example.com/"};

      var refused = nectar.image("an apple", foreign);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
      assertThat(nectar.get("/prompt/an%20apple?key=wrong", foreign).statusCode()).isEqualTo(401);
      var posted =
          nectar.send(
              "POST", "/prompt?key=" + NectarServer.KEY, "{\"prompt\":\"an apple\"}", foreign);
      assertThat(posted.statusCode()).isEqualTo(403);
      assertThat(painter.calls()).isEmpty();

      assertThat(nectar.image("an apple", "Referer", "https://blog.example.com/").statusCode())
          .isEqualTo(200);
      assertThat(nectar.image("an apple").statusCode()).isEqualTo(200);
      assertThat(nectar.image("an apple", foreign).statusCode()).isEqualTo(403);
    }
  }
}
