package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code POST /v1/images/generations} refuses, and how it tells what failed. */
class OpenAiErrorsTest extends OpenAiImagesCase {

  OpenAiErrorsTest(@TempDir Path cache) {
    super(cache);
  }

  @Test
  void prompt_ofTooManyCharacters_isRefused() throws Exception {
    assertError(ask("{\"prompt\":\"%s\"}".formatted("a".repeat(32_001))), "prompt");
  }

  @Test
  void images_ten_areMadeAndElevenAreNot() throws Exception {
    assertThat(json(ask("{\"prompt\":\"ten\",\"n\":\"10\"}")).get("data")).hasSize(10);
    assertError(ask("{\"prompt\":\"ten\",\"n\":11}"), "n");
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
      var refused = server.order("{\"prompt\":\"limited too\",\"n\":2}");
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

  private static String[] headers(String name, String value) {
    return new String[] {"Content-Type", "application/json", name, value};
  }
}
