package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may ask for beside prompt, size, model and seed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtraParametersTest {

  private final Painter painter = Painter.start();
  private final Painter llm = Painter.start();
  private final NectarServer nectar;

  ExtraParametersTest(@TempDir Path cache) {
    nectar =
        NectarServer.start(
            cache,
            painter.url(),
            Map.of(
                "LLM_OPTIMIZATION_ENABLED",
                "true",
                "LLM_OPTIMIZATION_API_URL",
                llm.url(),
                "LLM_OPTIMIZATION_TOKEN",
                "a-token"));
  }

  @BeforeEach
  void paint() {
    painter.paints(SampleImages.png(200, 1));
    llm.answers(
        okJson("{\"choices\":[{\"message\":{\"content\":\"<prompt>a better apple</prompt>\"}}]}"));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
    llm.close();
  }

  @Test
  void extras_reachTheBackEndAndArePartOfTheKey() throws Exception {
    var plain = NectarServer.target("extras");
    var fine = plain + "&quality=high&negative_prompt=no%20cats&guidance_scale=7.0";

    assertThat(header(nectar.get(plain), "X-Cache")).isEqualTo("MISS");
    assertThat(painter.lastBody().has("quality")).isFalse();
    assertThat(header(nectar.get(fine), "X-Cache")).isEqualTo("MISS");
    assertThat(painter.lastBody().get("quality").asString()).isEqualTo("high");
    assertThat(painter.lastBody().get("negative_prompt").asString()).isEqualTo("no cats");
    assertThat(painter.lastBody().get("guidance_scale").isNumber()).isTrue();
    assertThat(header(nectar.get(fine), "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void post_withExtras_isTheSameAsGet() throws Exception {
    nectar.get(NectarServer.target("posted") + "&style=vivid&guidance_scale=5.50&enhance=false");

    var posted =
        nectar.send(
            "POST",
            "/prompt?key=" + NectarServer.KEY,
            "{\"prompt\":\"posted\",\"style\":\"vivid\",\"guidance_scale\":5.5,\"enhance\":false}");

    assertThat(header(posted, "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void delete_withExtras_forgetsThatImageOnly() throws Exception {
    var plain = NectarServer.target("deleted");
    nectar.get(plain);
    nectar.get(plain + "&background=transparent");

    var deleted = nectar.delete("{\"prompt\":\"deleted\",\"background\":\"transparent\"}");

    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(header(nectar.get(plain + "&background=transparent"), "X-Cache")).isEqualTo("MISS");
    assertThat(header(nectar.get(plain), "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void enhance_false_leavesThePromptAsItIs() throws Exception {
    nectar.get(NectarServer.target("an apple"));
    assertThat(painter.lastPrompt()).isEqualTo("a better apple");

    nectar.get(NectarServer.target("an apple") + "&enhance=false");
    assertThat(painter.lastPrompt()).isEqualTo("an apple");
    assertThat(llm.calls()).hasSize(1);
  }

  @Test
  void enhance_true_canNotSwitchOnWhatIsNotEnabled(@TempDir Path cache) throws Exception {
    try (var plain =
        NectarServer.start(cache, painter.url(), Map.of("LLM_OPTIMIZATION_API_URL", llm.url()))) {
      plain.get(NectarServer.target("an apple") + "&enhance=true");

      assertThat(painter.lastPrompt()).isEqualTo("an apple");
      assertThat(llm.calls()).isEmpty();
    }
  }

  @Test
  void extra_outOfBounds_isProblem400ThatNamesIt() throws Exception {
    var answer = nectar.get(NectarServer.target("wrong") + "&guidance_scale=much");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(NectarServer.json(answer).get("detail").asString()).contains("'guidance_scale'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True"})
  void transparent_isABackground(String transparent) throws Exception {
    var target = NectarServer.target("clear " + transparent);
    assertThat(nectar.get(target + "&transparent=" + transparent).statusCode()).isEqualTo(200);

    assertThat(painter.lastBody().get("background").asString()).isEqualTo("transparent");
    assertThat(header(nectar.get(target + "&background=transparent"), "X-Cache")).isEqualTo("HIT");
    assertThat(header(nectar.get(target + "&transparent=false"), "X-Cache")).isEqualTo("MISS");
  }
}
