package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.nectar.image.CraftedImages;
import dev.nectar.image.CraftedImages.PngColour;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/images/generations}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiImagesTest {

  private final byte[] png = SampleImages.png(5_000, 1);
  private final Painter painter = Painter.start();
  private final NectarServer nectar;

  @TempDir Path rewording;

  OpenAiImagesTest(@TempDir Path cache) {
    nectar =
        NectarServer.start(
            cache,
            painter.url(),
            Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars", "OPENAI_SEED", "42"));
  }

  @BeforeEach
  void paint() {
    painter.paints(png);
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @Test
  void image_asked_isTheOneOfPrompt() throws Exception {
    var answer =
        ask(
            "{\"prompt\":\"an apple\",\"size\":\"1024x1024\",\"quality\":\"high\",\"model\":\"m\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    var body = json(answer);
    assertThat(body.propertyNames())
        .containsExactly("created", "quality", "background", "output_format", "data");
    assertThat(body.get("created").asLong()).isGreaterThan(1_700_000_000);
    assertThat(bytes(body.at("/data/0/b64_json").asString())).isEqualTo(png);
    var same = NectarServer.target("an apple") + "&width=1024&height=1024&quality=high&model=m";
    assertThat(header(nectar.get(same), "X-Cache")).isEqualTo("HIT");
  }

  @Test
  void images_withoutASeed_areNewOnesEachTime(@TempDir Path directory) throws Exception {
    try (var server = NectarServer.start(directory, painter.url())) {
      for (var i = 0; i < 3; i++) {
        assertThat(server.order("{\"prompt\":\"new\",\"n\":2,\"seed\":null}").statusCode())
            .isEqualTo(200);
      }
    }

    assertThat(painter.calls().stream().map(call -> Painter.body(call).get("seed").asInt()))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void url_ofADrawnSeed_tellsIt(@TempDir Path directory) throws Exception {
    var keys = Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars");
    try (var server = NectarServer.start(directory, painter.url(), keys)) {
      var answer = server.order("{\"prompt\":\"drawn\",\"response_format\":\"url\"}");

      var seed = painter.lastBody().get("seed").asInt();
      var url = URI.create(json(answer).at("/data/0/url").asString());
      assertThat(url.getRawQuery()).contains("seed=" + seed + "&");
      var image = server.get(url.getRawPath() + "?" + url.getRawQuery());
      assertThat(header(image, "X-Cache")).isEqualTo("HIT");
      assertThat(header(image, "X-Seed")).isEqualTo(Integer.toString(seed));
    }
  }

  @Test
  void seed_ofTheSettings_makesRepeatedRequestsHits() throws Exception {
    assertThat(ask("{\"prompt\":\"repeated\",\"n\":2}").statusCode()).isEqualTo(200);
    assertThat(ask("{\"prompt\":\"repeated\",\"n\":2}").statusCode()).isEqualTo(200);

    assertThat(painter.calls().stream().map(call -> Painter.body(call).get("seed").asInt()))
        .containsExactlyInAnyOrder(42, 43);
  }

  @Test
  void images_ten_areMadeAndElevenAreNot() throws Exception {
    assertThat(json(ask("{\"prompt\":\"ten\",\"n\":\"10\"}")).get("data")).hasSize(10);
    assertError(ask("{\"prompt\":\"ten\",\"n\":11}"), "n");
  }

  @Test
  void form_leftOpen_isThatOfTheModel() throws Exception {
    for (var model : new String[] {"", ",\"model\":\"dall-e-2\"", ",\"model\":\"dall-e-3\""}) {
      var picture = json(ask("{\"prompt\":\"forms\"" + model + "}")).at("/data/0");
      assertThat(picture.propertyNames()).containsExactly("url", "b64_json");
      var url = URI.create(picture.get("url").asString());
      assertThat(nectar.get(url.getRawPath() + "?" + url.getRawQuery()).body()).isEqualTo(png);
      assertThat(bytes(picture.get("b64_json").asString())).isEqualTo(png);
    }
    var other = json(ask("{\"prompt\":\"forms\",\"model\":\"gpt-image-1\"}")).at("/data/0");
    assertThat(other.propertyNames()).containsExactly("b64_json");
    var named = "{\"prompt\":\"forms\",\"response_format\":\"b64_json\"}";
    assertThat(json(ask(named)).at("/data/0").propertyNames()).containsExactly("b64_json");
  }

  @Test
  void prompt_tooLongForALink_comesWithoutOne() throws Exception {
    var prompt = "ü".repeat(32_000);

    var answer = ask("{\"prompt\":\"%s\"}".formatted(prompt));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/data/0").propertyNames()).containsExactly("b64_json");
    assertThat(painter.lastPrompt()).isEqualTo(prompt);
    var calls = painter.calls().size();
    var linked = "{\"prompt\":\"%s\",\"response_format\":\"url\"}".formatted(prompt);
    assertError(ask(linked), "prompt");
    assertThat(painter.calls()).hasSize(calls);
  }

  @Test
  void prompt_ofTooManyCharacters_isRefused() throws Exception {
    assertError(ask("{\"prompt\":\"%s\"}".formatted("a".repeat(32_001))), "prompt");
  }

  @Test
  void usage_ofTheBackEnd_isToldOfWhatWasMade() throws Exception {
    painter.answers(
        aResponse()
            .withHeader("Content-Type", "application/json")
            .withBody(
                "{\"created\":1,\"data\":[{\"b64_json\":\""
                    + Base64.getEncoder().encodeToString(png)
                    + "\"}],\"usage\":{\"input_tokens\":9,\"output_tokens\":100,"
                    + "\"total_tokens\":109,\"input_tokens_details\":{\"text_tokens\":9,"
                    + "\"image_tokens\":0}}}"));
    var order = "{\"prompt\":\"used\",\"n\":3}";

    assertThat(json(ask(order)).get("usage"))
        .hasToString(
            "{\"input_tokens\":27,\"output_tokens\":300,\"total_tokens\":327,"
                + "\"input_tokens_details\":{\"text_tokens\":27,\"image_tokens\":0}}");
    assertThat(json(ask(order)).has("usage")).isFalse();
  }

  @Test
  void size_real_isToldIfOpenAiHasAWordForIt() throws Exception {
    painter.paints(CraftedImages.blackPng(1024, 1536, PngColour.RGB, false));

    assertThat(json(ask("{\"prompt\":\"large\",\"size\":\"512x512\"}")).get("size").asString())
        .isEqualTo("1024x1536");
  }

  @Test
  void prompt_thatWasReworded_isTold() throws Exception {
    try (var llm = Painter.start()) {
      assertThat(json(ask("{\"prompt\":\"plain\"}")).at("/data/0").has("revised_prompt")).isFalse();
      llm.answers(
          aResponse()
              .withHeader("Content-Type", "application/json")
              .withBody(
                  "{\"choices\":[{\"message\":{\"content\":\"<prompt>a ripe apple</prompt>\"}}]}"));
      var settings =
          Map.of("LLM_OPTIMIZATION_ENABLED", "true", "LLM_OPTIMIZATION_API_URL", llm.url());
      try (var server = NectarServer.start(rewording, painter.url(), settings)) {
        assertThat(
                json(server.order("{\"prompt\":\"plain\"}"))
                    .at("/data/0/revised_prompt")
                    .asString())
            .isEqualTo("a ripe apple");
      }
    }
  }

  @Test
  void model_thatNobodyKnows_isNotFound() throws Exception {
    painter.fails(404, "{\"error\":{\"code\":\"model_not_found\"}}");

    assertError(
        ask("{\"prompt\":\"unknown\",\"model\":\"none\"}"),
        404,
        "invalid_request_error",
        null,
        "model_not_found");
  }

  @Test
  void variations_asked_areNotOffered() throws Exception {
    var path = "/v1/images/variations";
    var type = "multipart/form-data; boundary=a";
    var body = "--a--\r\n";

    var answer =
        nectar.send(
            "POST",
            path,
            body,
            "Content-Type",
            type,
            "Authorization",
            "Bearer " + NectarServer.KEY);

    assertError(answer, 404, "invalid_request_error", null, null);
    assertThat(json(answer).at("/error/message").asString()).contains("no variations");
    assertThat(nectar.send("POST", path, body, "Content-Type", type).statusCode()).isEqualTo(401);
  }

  @Test
  void images_several_areMadeSideBySideFromSuccessiveSeeds() throws Exception {
    var answer = ask("{\"prompt\":\"three\",\"n\":3,\"seed\":7}");

    assertThat(json(answer).get("data")).hasSize(3);
    var seeds = new HashSet<Integer>();
    painter.calls().forEach(call -> seeds.add(Painter.body(call).get("seed").asInt()));
    assertThat(seeds).containsExactlyInAnyOrder(7, 8, 9);
    assertThat(header(nectar.get(NectarServer.target("three") + "&seed=9"), "X-Cache"))
        .isEqualTo("HIT");
  }

  @Test
  void url_asked_isSignedAndOpensWithoutTheKey() throws Exception {
    var answer =
        ask("{\"prompt\":\"a/b c\",\"n\":2,\"response_format\":\"url\",\"style\":\"vivid\"}");

    assertThat(json(answer).get("data")).hasSize(2);
    for (var item : json(answer).get("data")) {
      var url = URI.create(item.get("url").asString());
      var image = nectar.get(url.getRawPath() + "?" + url.getRawQuery());
      assertThat(image.body()).isEqualTo(png);
      assertThat(header(image, "X-Cache")).isEqualTo("HIT");
    }
  }

  @Test
  void url_withoutSigningKeys_isRefusedByName(@TempDir Path cache) throws Exception {
    var off = Map.of("URL_SIGNING_KEYS", "off");
    try (var silent = NectarServer.start(cache, painter.url(), off)) {
      var answer = silent.order("{\"prompt\":\"a\",\"response_format\":\"url\"}");

      assertError(answer, 400, "invalid_request_error", "response_format", "invalid_value");
      assertThat(json(answer).at("/error/message").asString()).contains("URL_SIGNING_KEYS");
      assertThat(painter.calls()).isEmpty();
    }
  }

  @Test
  void key_asBearerOrApiKey_opensWhateverTheApiVersion() throws Exception {
    var body = "{\"prompt\":\"keys\"}";
    var path = "/v1/images/generations?api-version=2025-04-01-preview";

    var azure = nectar.send("POST", path, body, headers("api-key", NectarServer.KEY));
    assertThat(azure.statusCode()).isEqualTo(200);
    var wrong = nectar.send("POST", path, body, headers("Authorization", "Bearer wrong"));
    assertError(wrong, 401, "invalid_request_error", null, "invalid_api_key");
    var none = nectar.send("POST", path, "{", "Content-Type", "application/json");
    assertError(none, 401, "invalid_request_error", null, "invalid_api_key");
  }

  @Test
  void prompt_refusedByAll_isContentPolicyViolation() throws Exception {
    painter.fails(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");

    var answer = ask("{\"prompt\":\"refused\",\"n\":2}");

    assertError(answer, 400, "invalid_request_error", null, "content_policy_violation");
    assertThat(header(answer, "x-should-retry")).isEqualTo("false");
    assertThat(nectar.image("refused").statusCode()).isEqualTo(502);
  }

  @Test
  void prompt_refusedByTheFallbackToo_isContentPolicyViolationForAWhile(@TempDir Path directory)
      throws Exception {
    painter.fails(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");
    var fallback =
        Map.of("POLLINATIONS_ENABLED", "true", "POLLINATIONS_URL", painter.url() + "/prompt");
    try (var server = NectarServer.start(directory, painter.url(), fallback)) {
      for (var i = 0; i < 2; i++) {
        assertError(
            server.order("{\"prompt\":\"refused by all\",\"seed\":42}"),
            400,
            "invalid_request_error",
            null,
            "content_policy_violation");
      }
      assertThat(painter.calls()).hasSize(2);
      assertThat(NectarServer.text(server.image("refused by all"))).contains("a short while ago");
    }
  }

  @Test
  void prompt_refusedByABackEnd_isToldSoWhateverTheFallbackDoes(@TempDir Path directory)
      throws Exception {
    painter.fails(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");
    assertAnswered(directory, 400, "invalid_request_error", "content_policy_violation");
  }

  @Test
  void fallback_failingToo_isServerError(@TempDir Path directory) throws Exception {
    painter.fails(500, "");
    assertAnswered(directory, 502, "server_error", "server_error");
  }

  private void assertAnswered(Path directory, int status, String type, String code)
      throws Exception {
    painter.server().stubFor(get(WireMock.anyUrl()).willReturn(aResponse().withStatus(500)));
    var fallback =
        Map.of("POLLINATIONS_ENABLED", "true", "POLLINATIONS_URL", painter.url() + "/prompt");
    try (var server = NectarServer.start(directory, painter.url(), fallback)) {
      for (var i = 0; i < 2; i++) {
        assertError(
            server.order("{\"prompt\":\"fallback down\",\"seed\":42}"), status, type, null, code);
      }
    }
  }

  @Test
  void rate_exceeded_isRateLimitExceeded(@TempDir Path directory) throws Exception {
    var settings = Map.of("RATE_LIMIT", "2/h", "OPENAI_SEED", "42");
    try (var server = NectarServer.start(directory, painter.url(), settings)) {
      assertThat(server.order("{\"prompt\":\"limited\",\"n\":2}").statusCode()).isEqualTo(200);
      assertThat(server.order("{\"prompt\":\"limited\",\"n\":2}").statusCode()).isEqualTo(200);
      var refused = server.order("{\"prompt\":\"limited\",\"n\":3}");
      assertError(refused, 429, "requests", null, "rate_limit_exceeded");
      assertThat(header(refused, "Retry-After")).isNotEmpty();
    }
  }

  @Test
  void backend_failing_isServerError() throws Exception {
    painter.fails(500, "inner words");

    var answer = ask("{\"prompt\":\"failing\"}");

    assertError(answer, 502, "server_error", null, "server_error");
    assertThat(NectarServer.text(answer)).doesNotContain("inner words", "localhost");
  }

  @Test
  void images_ofWhichOneFails_areTheOthers_paidForAsTheyAre() throws Exception {
    painter
        .server()
        .stubFor(
            post(WireMock.anyUrl())
                .withRequestBody(matchingJsonPath("$[?(@.seed == 43)]"))
                .willReturn(aResponse().withStatus(500)));

    var answer = ask("{\"prompt\":\"one fails\",\"seed\":42,\"n\":3}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(NectarServer.json(answer).get("data").size()).isEqualTo(2);

    var stream = ask("{\"prompt\":\"one fails\",\"seed\":42,\"n\":3,\"stream\":true}");
    assertThat(NectarServer.text(stream).split("event: image_generation.completed", -1)).hasSize(3);
    assertThat(NectarServer.text(stream)).contains("data: {\"error\":");
  }

  @Test
  void faults_ofAnyLayer_areErrorObjects() throws Exception {
    var json = "application/json";
    assertError(ask("{\"prompt\":\"a\",\"size\":\"1x1\"}"), "size");
    assertError(ask("{"), 400, "invalid_request_error", null, null);
    assertError(ask("{\"a\":\"" + "a".repeat(600_000) + "\"}"), null);
    assertError(
        nectar.send("POST", "/v1/images/generations", "a", "Content-Type", "text/plain"),
        415,
        "invalid_request_error",
        null,
        null);
    assertError(nectar.get("/v1/images/generations"), 405, "invalid_request_error", null, null);
    for (var path : new String[] {"/v1", "/v1/", "/v1/images/vary", "/v1/x%2Fy", "/v1/chat;a=b"}) {
      var answer = nectar.send("POST", path, "{}", "Content-Type", json);
      assertError(answer, answer.statusCode(), "invalid_request_error", null, null);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void models_areListedForTheKey() throws Exception {
    assertError(nectar.get("/v1/models"), 401, "invalid_request_error", null, "invalid_api_key");
    var list = json(nectar.get("/v1/models", "Authorization", "Bearer " + NectarServer.KEY));
    assertThat(list.get("object").asString()).isEqualTo("list");
    assertThat(list.get("data")).isEmpty();
  }

  private HttpResponse<byte[]> ask(String body) throws IOException, InterruptedException {
    return nectar.order(body);
  }

  private static String[] headers(String name, String value) {
    return new String[] {"Content-Type", "application/json", name, value};
  }

  private static void assertError(HttpResponse<byte[]> answer, @Nullable String param) {
    assertError(
        answer, 400, "invalid_request_error", param, param == null ? null : "invalid_value");
  }

  private static void assertError(
      HttpResponse<byte[]> answer,
      int status,
      String type,
      @Nullable String param,
      @Nullable String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(header(answer, "X-Request-Id")).isNotEmpty();
    var error = json(answer).get("error");
    assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
    assertThat(error.get("message").asString()).isNotBlank();
    assertThat(error.get("type").asString()).isEqualTo(type);
    assertThat(error.get("param").asString(null)).isEqualTo(param);
    assertThat(error.get("code").asString(null)).isEqualTo(code);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
