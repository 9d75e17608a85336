package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What pages that were written for Pollinations ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class PollinationsClientTest {

  private final byte[] first = SampleImages.png(300, 1);
  private final byte[] second = SampleImages.png(400, 2);
  private final Painter painter = Painter.start();
  private final Path cache;
  private final NectarServer nectar;

  PollinationsClientTest(@TempDir Path cache) {
    this.cache = cache;
    nectar =
        NectarServer.start(
            cache, painter.url(), Map.of("MODELS", "flux, turbo,flux", "DEFAULT_MODEL", "flux"));
  }

  @BeforeEach
  void paint() {
    painter.paints(first);
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @Test
  void image_isTheSameAsPrompt() throws Exception {
    var options = "&nologo=true&private=true&safe=true&nofeed=true&referrer=a.example&width=64";
    nectar.get(NectarServer.target("same/sky").replace("/prompt/", "/image/") + options);

    var answer = nectar.get(NectarServer.target("same/sky") + "&width=64");

    assertThat(header(answer, "X-Cache")).isEqualTo("HIT");
    assertThat(painter.lastPrompt()).isEqualTo("same/sky");
  }

  @Test
  void token_isTakenForTheKey() throws Exception {
    assertThat(nectar.get("/image/a?token=" + NectarServer.KEY).statusCode()).isEqualTo(200);
    assertThat(nectar.get("/image/a?token=wrong").statusCode()).isEqualTo(401);
    assertThat(nectar.get("/image/a").statusCode()).isEqualTo(401);
  }

  @Test
  void models_areListedOpenly() throws Exception {
    assertThat(text(nectar.get("/models"))).isEqualTo("[\"flux\",\"turbo\"]");
    assertThat(text(nectar.get("/image/models")))
        .isEqualTo("[{\"name\":\"flux\"},{\"name\":\"turbo\"}]");
  }

  @Test
  void models_notNamed_areThoseOfTheMapAndTheDefault() throws Exception {
    var map = "{\"" + painter.url() + "\": {\"photo\": \"a\", \"art\": \"b\"}}";
    try (var mapped =
        NectarServer.start(
            cache, painter.url(), Map.of("MODEL_MAP", map, "DEFAULT_MODEL", "photo"))) {
      assertThat(text(mapped.get("/models"))).isEqualTo("[\"art\",\"photo\"]");
    }
    try (var bare = NectarServer.start(cache, painter.url())) {
      assertThat(text(bare.get("/models"))).isEqualTo("[]");
    }
  }

  @Test
  void noCache_replacesTheImage() throws Exception {
    var target = NectarServer.target("anew");
    nectar.get(target);
    painter.paints(second);

    var anew = nectar.get(target + "&no-cache=true");

    assertThat(anew.body()).isEqualTo(second);
    assertThat(header(anew, "X-Cache")).isEqualTo("MISS");
    assertThat(header(anew, "Cache-Control")).isEqualTo("no-store");
    var after = nectar.get(target);
    assertThat(header(after, "X-Cache")).isEqualTo("HIT");
    assertThat(after.body()).isEqualTo(second);
    painter.paints(first);
    var posted = "{\"prompt\":\"anew\",\"no-cache\":true}";
    assertThat(nectar.send("POST", "/prompt?key=" + NectarServer.KEY, posted).body())
        .isEqualTo(first);
  }

  @Test
  void noCache_thatFails_leavesTheOldImage() throws Exception {
    var target = NectarServer.target("kept");
    nectar.get(target);
    painter.fails(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");

    assertThat(nectar.get(target + "&no-cache=true").statusCode()).isEqualTo(502);

    var after = nectar.get(target);
    assertThat(header(after, "X-Cache")).isEqualTo("HIT");
    assertThat(after.body()).isEqualTo(first);
  }
}
