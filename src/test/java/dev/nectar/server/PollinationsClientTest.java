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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    var flux = NectarServer.json(nectar.get("/image/models")).get(0);
    assertThat(text(nectar.get("/image/models"))).startsWith("[{\"name\":\"flux\",");
    assertThat(flux.propertyNames())
        .containsExactly("name", "description", "aliases", "input_modalities", "output_modalities");
    assertThat(flux.get("description").asString()).isNotEmpty();
    assertThat(flux.get("aliases").isArray()).isTrue();
    assertThat(flux.get("input_modalities")).hasToString("[\"text\"]");
    assertThat(flux.get("output_modalities")).hasToString("[\"image\"]");
    assertThat(NectarServer.json(nectar.get("/image/models")).get(1).get("name").asString())
        .isEqualTo("turbo");
  }

  @ParameterizedTest
  @CsvSource({
    "/image/a, 401, UNAUTHORIZED",
    "/image/a?width=1&key=an-access-key, 400, BAD_REQUEST",
    "/nothing, 404, NOT_FOUND"
  })
  void error_isAlsoInPollinationsWords(String target, int status, String code) throws Exception {
    var answer = nectar.get(target);

    assertThat(answer.statusCode()).isEqualTo(status);
    var problem = NectarServer.json(answer);
    assertThat(problem.get("success").booleanValue()).isFalse();
    assertThat(problem.at("/error/code").asString()).isEqualTo(code);
    assertThat(problem.at("/error/message").asString()).isEqualTo(problem.get("detail").asString());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/p/an%20alias",
        "/image/an%20alias",
        "//prompt/an%20alias",
        "///p/an%20alias",
        "/prompt?prompt=an+alias",
        "/prompt/?prompt=an%20alias",
        "/image?prompt=an%20alias",
        "/image/?prompt=an%20alias",
        "/p?prompt=an%20alias"
      })
  void target_ofEveryForm_isTheSameImage(String target) throws Exception {
    nectar.get(NectarServer.target("an alias"));
    var separator = target.contains("?") ? "&" : "?";

    var answer = nectar.get(target + separator + "key=" + NectarServer.KEY);

    assertThat(header(answer, "X-Cache")).isEqualTo("HIT");
    assertThat(answer.body()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/p", "/image", "/prompt/", "//prompt"})
  void post_toEveryName_isTheSameImage(String path) throws Exception {
    nectar.get(NectarServer.target("posted alias"));

    var answer =
        nectar.send("POST", path + "?key=" + NectarServer.KEY, "{\"prompt\":\"posted alias\"}");

    assertThat(header(answer, "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void prompt_inThePath_winsOverTheParameter() throws Exception {
    nectar.get("/prompt/in%20the%20path?prompt=in+the+query&key=" + NectarServer.KEY);

    assertThat(painter.lastPrompt()).isEqualTo("in the path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/models/", "//models", "/image/models/", "//status/", "/image/models//"})
  void slashes_tooMany_doNoHarm(String path) throws Exception {
    assertThat(nectar.get(path).statusCode()).isEqualTo(200);
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
