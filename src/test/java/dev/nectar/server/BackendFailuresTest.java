package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.nectar.server.NectarServer.ADMIN_TOKEN;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What is told of back ends that do not paint, to operators and to clients. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class BackendFailuresTest {

  private static final String WRONG_KEY =
      """
      {"error":{"message":"Incorrect API key provided: sk-dead-token.\\nAbout: a heron at dawn","code":"invalid_api_key"}}\
      """;

  private static final Map<String, String> STORY =
      Map.of("logging.level.dev.nectar.generation", "info");

  @TempDir private Path cache;
  private final byte[] png = SampleImages.png(300, 1);
  private final Painter first = Painter.start();
  private final Painter second = Painter.start();
  private final Painter third = Painter.start();
  private final NectarServer ofTwo;

  BackendFailuresTest(@TempDir Path shared) {
    ofTwo = NectarServer.start(shared, first.url() + "," + second.url());
  }

  @AfterAll
  void stop() {
    ofTwo.close();
    first.close();
    second.close();
    third.close();
  }

  @Test
  void twoDeadKeys_besideAHealthyBackend_loseNoPrompt(CapturedOutput output) throws Exception {
    first.fails(401, WRONG_KEY);
    second.fails(402, "{\"error\":{\"message\":\"Insufficient balance\"}}");
    third.paints(png);
    var lost = 0;
    try (var nectar = start(List.of(first, second, third), Map.of("AUTH_TOKEN", "sk-dead-token"))) {
      for (var prompt = 0; prompt < 60; prompt++) {
        lost += nectar.image("prompt " + prompt).statusCode() == 200 ? 0 : 1;
      }

      assertThat(lost).isZero();
      assertThat(first.calls()).hasSize(1);
      assertThat(second.calls()).hasSize(1);
      assertThat(third.calls()).hasSize(60);
      var status = nectar.status();
      assertThat(status.get("status").asString()).isEqualTo("degraded");
      assertThat(lastFailures(status)).containsExactly("key refused", "out of credit", "none");
    }
    assertThat(output.getAll().lines().filter(line -> line.contains("AUTH_TOKEN")))
        .hasSize(2)
        .anyMatch(line -> line.contains("key refused (401, invalid_api_key"))
        .anyMatch(line -> line.contains("out of credit (402"))
        .noneMatch(line -> line.contains("sk-dead-token"));
  }

  private static List<String> lastFailures(JsonNode status) {
    return StreamSupport.stream(status.get("backends").spliterator(), false)
        .map(backend -> backend.at("/lastFailure/kind").asString("none"))
        .toList();
  }

  @Test
  void failure_isToldInKindsToTheClientAndWholeToOperators(CapturedOutput output) throws Exception {
    first.fails(401, WRONG_KEY);
    second.answers(aResponse().withStatus(429).withHeader("Retry-After", "60").withBody("slow"));
    var settings = new LinkedHashMap<>(STORY);
    settings.put("AUTH_TOKEN", "sk-dead-token");
    settings.put("BACKEND_WEIGHTS", "{\"" + second.url() + "\": 0}");
    try (var nectar = start(List.of(first, second), settings)) {
      var answer = nectar.get(NectarServer.target("a heron at dawn") + "&model=m");

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(json(answer).get("detail").asString())
          .isEqualTo("These stages failed: back ends (key refused, busy).");

      var failures = nectar.get("/admin/failures", "X-Admin-Token", ADMIN_TOKEN);
      assertThat(text(failures)).doesNotContain("sk-dead-token", "heron");
      var busy = json(failures).get(0);
      assertThat(busy.propertyNames())
          .containsExactly(
              "at", "requestId", "backend", "model", "kind", "status", "code", "message");
      assertThat(busy.get("backend").asString()).isEqualTo(second.url());
      assertThat(busy.get("kind").asString()).isEqualTo("busy");
      assertThat(busy.get("status").asInt()).isEqualTo(429);
      assertThat(busy.get("message").asString()).isEqualTo("slow");
      var refused = json(failures).get(1);
      assertThat(refused.get("requestId").asString())
          .isEqualTo(NectarServer.header(answer, "X-Request-Id"));
      assertThat(refused.get("model").asString()).isEqualTo("m");
      assertThat(refused.get("code").asString()).isEqualTo("invalid_api_key");
      assertThat(refused.get("message").asString())
          .isEqualTo("Incorrect API key provided: ****. About: …");
      assertThat(nectar.get("/admin/failures").statusCode()).isEqualTo(401);
    }
    assertThat(output.getAll().lines().filter(line -> line.contains("generation ")))
        .singleElement()
        .asString()
        .contains(
            first.url() + " key refused (401, invalid_api_key, \"Incorrect API key provided: ****.",
            second.url() + " busy (429, \"slow\")")
        .doesNotContain("heron", "sk-dead-token");
  }

  @Test
  void promptTooLong_forAll_is400ThatNamesIt() throws Exception {
    first.fails(400, "{\"error\":{\"message\":\"string too long\",\"param\":\"prompt\"}}");
    second.fails(400, "{\"error\":{\"code\":\"string_above_max_length\",\"param\":\"prompt\"}}");
    for (var time = 0; time < 2; time++) {
      var answer = ofTwo.image("a long story");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(json(answer).get("detail").asString()).contains("prompt");
    }
    var answer = ofTwo.order("{\"prompt\":\"a long story\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asString()).isEqualTo("prompt");
  }

  @Test
  void promptTooLong_forOne_isTakenByAnother() throws Exception {
    first.fails(400, "{\"error\":{\"message\":\"string too long\",\"param\":\"prompt\"}}");
    second.paints(png);
    for (var prompt = 0; prompt < 20; prompt++) {
      assertThat(ofTwo.image("a long story " + prompt).statusCode()).isEqualTo(200);
    }
    assertThat(ofTwo.status().get("status").asString()).isEqualTo("ok");
  }

  @Test
  void model_thatNobodyKnows_isToldSo() throws Exception {
    var unknown =
        "{\"error\":{\"message\":\"The model does not exist\",\"code\":\"model_not_found\"}}";
    first.fails(404, unknown);
    second.fails(400, unknown);
    var answer = ofTwo.get(NectarServer.target("an apple") + "&model=m");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(json(answer).get("detail").asString())
        .isEqualTo("These stages failed: back ends (model not known).");

    var order = ofTwo.order("{\"prompt\":\"an apple\",\"model\":\"m\"}");
    assertThat(order.statusCode()).isEqualTo(404);
    assertThat(json(order).at("/error/code").asString()).isEqualTo("model_not_found");
    assertThat(ofTwo.status().get("status").asString()).isEqualTo("ok");
  }

  @Test
  void unclearAnswers_areNoRefusals() throws Exception {
    first.fails(405, "");
    second.fails(400, "{\"error\":{\"message\":\"Bad request\"}}");
    var unclear = ofTwo.status().at("/backends/0/unclear").asInt();
    var answer = ofTwo.image("odd");
    assertThat(json(answer).get("detail").asString())
        .isEqualTo("These stages failed: back ends (unclear answer).");
    assertThat(ofTwo.status().at("/backends/0/unclear").asInt()).isEqualTo(unclear + 1);
    assertThat(ofTwo.order("{\"prompt\":\"odd\"}").statusCode()).isEqualTo(502);
  }

  @Test
  void size_thatIsRefused_isReplacedForThatModelAndTold() throws Exception {
    first.paints(png);
    first
        .server()
        .stubFor(
            post(anyUrl())
                .withRequestBody(matchingJsonPath("$[?(@.quality == 'hd')]"))
                .willReturn(
                    aResponse()
                        .withStatus(400)
                        .withBody(
                            "{\"error\":{\"message\":\"Invalid value: 'hd'\",\"param\":\"quality\"}}")));
    var settings =
        Map.of(
            "BACKEND_SIZES",
            "{\"" + first.url() + "\": [\"1024x1024\", \"1536x1024\"]}",
            "DEFAULT_MODEL",
            "m");
    try (var nectar = start(List.of(first), settings)) {
      assertThat(
              nectar
                  .get(NectarServer.target("an apple") + "&width=1920&height=1080&quality=hd")
                  .statusCode())
          .isEqualTo(200);

      assertThat(first.lastBody().get("size").asString()).isEqualTo("1536x1024");
      assertThat(first.lastBody().has("quality")).isFalse();
      var leftOut = nectar.status().at("/backends/0/leftOut");
      assertThat(leftOut).hasSize(1);
      assertThat(leftOut.get(0).propertyNames())
          .containsExactly("model", "parameter", "value", "until");
      assertThat(leftOut.get(0).get("model").asString()).isEqualTo("m");
      assertThat(leftOut.get(0).get("parameter").asString()).isEqualTo("quality");
      assertThat(leftOut.get(0).get("value").asString()).isEqualTo("hd");
    }
  }

  @Test
  void entry_tellsTheBackEndThatPainted() throws Exception {
    first.paints(png);
    var base = first.url().replace("http://", "http://user:hidden-word@") + "/v1?key=hidden";
    try (var nectar = NectarServer.start(cache, base)) {
      nectar.image("an apple");

      var entries = nectar.get("/admin/entries", "X-Admin-Token", ADMIN_TOKEN);
      var entry = json(entries).at("/entries/0");
      assertThat(entry.get("backend").asString()).isEqualTo(first.url() + "/v1");
      var whole =
          nectar.get("/admin/entries/" + entry.get("key").asString(), "X-Admin-Token", ADMIN_TOKEN);
      assertThat(json(whole).get("backend").asString()).isEqualTo(first.url() + "/v1");
      assertThat(text(whole)).doesNotContain("hidden");
    }
  }

  private NectarServer start(List<Painter> backends, Map<String, String> settings) {
    return NectarServer.start(
        cache, String.join(",", backends.stream().map(Painter::url).toList()), settings);
  }
}
