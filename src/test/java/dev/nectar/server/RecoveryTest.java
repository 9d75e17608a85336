package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an LLM before and after the back ends saves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class RecoveryTest {

  private static final String REFUSAL =
      "{\"error\":{\"message\":\"Rejected by the safety system.\",\"code\":\"moderation_blocked\"}}";

  private final byte[] png = SampleImages.png(300, 1);
  private final Painter backend = Painter.start();
  private final Painter broken = Painter.start();
  private final Painter llm = Painter.start();
  private final Path optimized;
  private final Path rewritten;

  /** With the LLM before the back end, and after it. */
  private final NectarServer optimizing;

  /** With the LLM after the back end alone. */
  private final NectarServer rewriting;

  @TempDir private Path cache;

  RecoveryTest(@TempDir Path directory) {
    optimized = directory.resolve("optimized");
    rewritten = directory.resolve("rewritten");
    optimizing = start(optimized, backend.url(), Map.of("LLM_OPTIMIZATION_ENABLED", "true"));
    rewriting = start(rewritten, backend.url(), Map.of());
  }

  @BeforeEach
  void forget() throws Exception {
    optimizing.forget();
    rewriting.forget();
    for (var painter : List.of(backend, broken, llm)) {
      painter.server().resetAll();
    }
  }

  @AfterAll
  void stop() {
    optimizing.close();
    rewriting.close();
    backend.close();
    broken.close();
    llm.close();
  }

  @Test
  void prompt_optimized_isPaintedAndNoted() throws Exception {
    var known = optimizing.status().at("/llmOptimization/cacheSize").asInt();
    backend.paints(png);
    llm.answers(says("a ripe red apple"));
    assertThat(optimizing.image("a red apple").statusCode()).isEqualTo(200);
    assertThat(backend.lastPrompt()).isEqualTo("a ripe red apple");
    assertThat(header(optimizing.image("a red apple"), "X-Cache")).isEqualTo("HIT");
    assertThat(optimizing.status().at("/llmOptimization/cacheSize").asInt()).isEqualTo(known + 1);
    var entry = entry(optimized);
    assertThat(entry.at("/request/prompt").stringValue()).isEqualTo("a red apple");
    assertThat(entry.get("prompt").stringValue()).isEqualTo("a ripe red apple");
    assertThat(entry.get("optimizedPrompt").stringValue()).isEqualTo("a ripe red apple");
  }

  @Test
  void prompt_ofAnOpenAiClient_isOptimizedAndRewrittenToo() throws Exception {
    refusesAllBut("a calm scene");
    llmSays("a wild, wild scene", "a calm scene");
    assertThat(optimizing.order("{\"prompt\":\"a wild scene\",\"seed\":42}").statusCode())
        .isEqualTo(200);
    assertThat(header(optimizing.image("a wild scene"), "X-Cache")).isEqualTo("HIT");
    assertThat(entry(optimized).get("optimizedPrompt").stringValue())
        .isEqualTo("a wild, wild scene");
    assertThat(entry(optimized).get("rewrittenPrompt").stringValue()).isEqualTo("a calm scene");
  }

  @Test
  void llm_failing_leavesThePromptAsItWas() throws Exception {
    backend.paints(png);
    llm.fails(500, "");
    assertThat(optimizing.image("a blue apple").statusCode()).isEqualTo(200);
    assertThat(backend.lastPrompt()).isEqualTo("a blue apple");
  }

  @Test
  void prompt_refused_isRewrittenPaintedAndNoted() throws Exception {
    var before = rewriting.status().at("/backends/0");
    refusesAllBut("a calm scene");
    llm.answers(says("a calm scene"));
    assertThat(rewriting.image("a wild scene").statusCode()).isEqualTo(200);
    var after = rewriting.status().at("/backends/0");
    assertThat(after.get("blocked").asInt()).isEqualTo(before.get("blocked").asInt() + 1);
    assertThat(after.get("failures")).isEqualTo(before.get("failures"));
    assertThat(entry(rewritten).get("rewrittenPrompt").stringValue()).isEqualTo("a calm scene");
    assertThat(entry(rewritten).at("/request/prompt").stringValue()).isEqualTo("a wild scene");
  }

  @Test
  void refusal_besideAFailure_isRewrittenAllTheSame() throws Exception {
    refusesAllBut("a calm scene");
    broken.fails(500, "");
    llm.answers(says("a calm scene"));
    try (var nectar = start(backend.url() + "," + broken.url(), Map.of())) {
      assertThat(nectar.image("a wild scene").statusCode()).isEqualTo(200);
    }
    assertThat(backend.lastPrompt()).isEqualTo("a calm scene");
  }

  @Test
  void refusal_besideAFailure_isNotRemembered() throws Exception {
    backend.fails(400, REFUSAL);
    broken.fails(500, "");
    llm.fails(500, "");
    try (var nectar = start(backend.url() + "," + broken.url(), Map.of())) {
      assertThat(nectar.image("a wild scene").statusCode()).isEqualTo(502);
      assertThat(cache).isDirectoryNotContaining("glob:**.meta.json");
    }
  }

  @Test
  void rewriting_refusedEveryTime_endsAfterItsAttempts() throws Exception {
    backend.fails(400, REFUSAL);
    llmSays("a calm scene", "a calmer scene");
    try (var nectar = start(backend.url(), Map.of("DE_NSFW_MAX_ATTEMPTS", "2"))) {
      assertThat(nectar.image("a wild scene").statusCode()).isEqualTo(502);
    }
    assertThat(backend.calls()).hasSize(3);
    assertThat(backend.lastPrompt()).isEqualTo("a calmer scene");
    assertThat(entry(cache).get("blocked").booleanValue()).isTrue();
    assertThat(entry(cache).get("prompt").stringValue()).isEqualTo("a calmer scene");
  }

  @Test
  void rewriting_failed_leavesTheBlockUnremembered() throws Exception {
    refusesAllBut("a calm scene");
    llm.fails(500, "");
    try (var nectar = start(backend.url(), Map.of())) {
      assertThat(nectar.image("a wild river").statusCode()).isEqualTo(502);
      assertThat(cache).isDirectoryNotContaining("glob:**.meta.json");

      llm.answers(says("a calm scene"));
      assertThat(nectar.image("a wild river").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void rewriting_refusedOrOfTheSameText_leavesTheBlockRemembered() throws Exception {
    backend.fails(400, REFUSAL);
    llm.answers(okJson("{\"choices\":[{\"message\":{\"content\":\"I can't help with that.\"}}]}"));
    assertThat(rewriting.image("a wild party").statusCode()).isEqualTo(502);
    assertThat(entry(rewritten).get("blocked").booleanValue()).isTrue();
    assertThat(llm.calls()).hasSize(1);

    rewriting.delete("{\"description\":\"a wild party\"}");
    llm.answers(says("a wild party"));
    assertThat(rewriting.image("a wild party").statusCode()).isEqualTo(502);
    assertThat(entry(rewritten).get("blocked").booleanValue()).isTrue();
    assertThat(backend.calls()).hasSize(2);

    // Blocks are not listed, so nothing else would forget it.
    rewriting.delete("{\"description\":\"a wild party\"}");
  }

  @Test
  void pictures_ofOneOrder_costOneCallOfTheLlm() throws Exception {
    backend.paints(png);
    llm.answers(says("a ripe red apple"));
    assertThat(optimizing.order("{\"prompt\":\"a green apple\",\"n\":4,\"seed\":1}").statusCode())
        .isEqualTo(200);
    assertThat(backend.calls()).hasSize(4);
    assertThat(llm.calls()).hasSize(1);
  }

  @Test
  void block_rememberedAcrossARestart_goesStraightToTheFallbackWithItsPrompt() throws Exception {
    backend.fails(400, REFUSAL);
    llm.answers(says("a calm scene"));
    try (var nectar = start(backend.url(), Map.of("DE_NSFW_MAX_ATTEMPTS", "1"))) {
      assertThat(nectar.image("a wild scene").statusCode()).isEqualTo(502);
    }
    backend.paints(png);
    broken.answers(WireMock.aResponse().withBody(png));
    var fallback =
        Map.of("POLLINATIONS_ENABLED", "true", "POLLINATIONS_URL", broken.url() + "/prompt");
    try (var nectar = start(backend.url(), fallback)) {
      assertThat(header(nectar.image("a wild scene"), "X-Image-Source")).isEqualTo("fallback");
      assertThat(broken.calls().getLast().getUrl()).startsWith("/prompt/a%20calm%20scene?");
      assertThat(backend.calls()).isEmpty();

      assertThat(nectar.delete("{\"description\":\"a wild scene\"}").statusCode()).isEqualTo(200);
      assertThat(header(nectar.image("a wild scene"), "X-Image-Source")).isEqualTo("backend");
    }
  }

  @Test
  void rerouting_forbiddenBySettings_asksOneBackEndOnce() throws Exception {
    backend.fails(400, REFUSAL);
    broken.fails(400, REFUSAL);
    try (var nectar =
        start(
            backend.url() + "," + broken.url(),
            Map.of("BLOCKED_RETRY_ATTEMPTS", "1", "DE_NSFW_ENABLED", "false"))) {
      assertThat(nectar.image("a wild scene").statusCode()).isEqualTo(502);
    }
    assertThat(backend.calls().size() + broken.calls().size()).isEqualTo(1);
    llm.server().verify(0, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  private NectarServer start(String backends, Map<String, String> more) {
    return start(cache, backends, more);
  }

  private NectarServer start(Path directory, String backends, Map<String, String> more) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("DE_NSFW_ENABLED", "true");
    settings.put("LLM_OPTIMIZATION_API_URL", llm.url());
    settings.put("LLM_OPTIMIZATION_TOKEN", "a token");
    settings.putAll(more);
    return NectarServer.start(directory, backends, settings);
  }

  private void refusesAllBut(String prompt) {
    backend.fails(400, REFUSAL);
    backend
        .server()
        .stubFor(
            post("/v1/images/generations")
                .withRequestBody(containing("\"" + prompt + "\""))
                .willReturn(Painter.painting(png)));
  }

  /** The second, once it is asked about the first. */
  private void llmSays(String first, String second) {
    llm.answers(says(first));
    llm.server()
        .stubFor(
            post("/v1/chat/completions")
                .withRequestBody(containing(first))
                .willReturn(says(second)));
  }

  private static ResponseDefinitionBuilder says(String prompt) {
    return okJson(
        "{\"choices\":[{\"message\":{\"content\":\"<prompt>" + prompt + "</prompt>\"}}]}");
  }

  private static JsonNode entry(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory, "*.meta.json")) {
      return JsonMapper.shared().readTree(Files.readString(files.iterator().next()));
    }
  }
}
