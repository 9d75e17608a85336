package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walks through the demo that the README shows. */
@Tag("slow")
class DemoWalksTest {

  @TempDir Path cache;

  @Test
  void demo_refusesRewritesAndFallsBack() throws Exception {
    try (var nectar =
        NectarServer.start(cache, "http://unused", Map.of("spring.profiles.active", "demo"))) {
      var rewritten = nectar.get("/prompt/a%20forbidden%20garden?key=demo&width=64&height=64");
      assertThat(rewritten.statusCode()).isEqualTo(200);
      assertThat(header(rewritten, "Content-Type")).isEqualTo("image/png");

      var refused = nectar.get("/prompt/forbidden%20always?key=demo&width=64&height=64");
      assertThat(refused.statusCode()).isEqualTo(502);
      assertThat(text(refused)).contains("back ends (content refused)");
    }
  }
}
