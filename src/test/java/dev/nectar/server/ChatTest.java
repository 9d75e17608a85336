package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nectar as a model in chats. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatTest {

  private static final String PATH = "/v1/chat/completions";
  private static final byte[] PNG = SampleImages.png(4_000, 1);
  private static final String DATA_URL =
      "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
  private static final String REFUSAL = "{\"error\":{\"code\":\"content_policy_violation\"}}";

  private final Painter painter = Painter.start();
  private NectarServer nectar;

  @BeforeAll
  void start(@TempDir Path cache) {
    nectar =
        NectarServer.start(
            cache, painter.url(), Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars"));
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @BeforeEach
  void paint() {
    painter.paints(PNG);
  }

  private HttpResponse<byte[]> chat(NectarServer server, String body)
      throws IOException, InterruptedException {
    return server.send(
        "POST",
        PATH,
        body,
        "Content-Type",
        "application/json",
        "Authorization",
        "Bearer " + NectarServer.KEY);
  }

  private HttpResponse<byte[]> chat(String body) throws IOException, InterruptedException {
    return chat(nectar, body);
  }

  private static String asks(String prompt, String members) {
    var message = JsonMapper.shared().writeValueAsString(Map.of("role", "user", "content", prompt));
    return "{\"messages\":[" + message + "]" + members + "}";
  }

  /** The data of events, without the comments between them. */
  private static List<String> events(HttpResponse<byte[]> answer) {
    return Arrays.stream(text(answer).split("\n\n"))
        .filter(event -> !event.equals(":"))
        .map(event -> event.replaceFirst("^data: ", ""))
        .toList();
  }

  private static List<JsonNode> chunks(List<String> events) {
    assertThat(events.getLast()).isEqualTo("[DONE]");
    return events.subList(0, events.size() - 1).stream()
        .map(event -> JsonMapper.shared().readTree(event))
        .toList();
  }

  private static String target(String url) {
    var uri = URI.create(url);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  @Test
  void prompt_isAnsweredWithAPictureThatOpensWithoutAKey() throws Exception {
    var answer = chat(asks("a *red* apple", ",\"model\":\"flux\",\"seed\":7"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).startsWith("application/json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    var completion = json(answer);
    assertThat(completion.get("id").asString()).startsWith("chatcmpl-");
    assertThat(completion.get("object").asString()).isEqualTo("chat.completion");
    assertThat(completion.get("created").asLong()).isPositive();
    assertThat(completion.get("model").asString()).isEqualTo("flux");
    for (var count : List.of("prompt_tokens", "completion_tokens", "total_tokens")) {
      assertThat(completion.get("usage").get(count).isInt()).isTrue();
      assertThat(completion.get("usage").get(count).asInt()).isZero();
    }
    assertThat(completion.get("choices")).hasSize(1);
    var choice = completion.at("/choices/0");
    assertThat(choice.get("index").asInt()).isZero();
    assertThat(choice.get("finish_reason").asString()).isEqualTo("stop");
    assertThat(choice.get("logprobs").isNull()).isTrue();
    var message = choice.get("message");
    assertThat(message.get("role").asString()).isEqualTo("assistant");
    assertThat(message.get("refusal").isNull()).isTrue();
    assertThat(message.get("images")).hasSize(1);
    assertThat(message.at("/images/0/type").asString()).isEqualTo("image_url");
    var url = message.at("/images/0/image_url/url").asString();
    assertThat(url).contains("sig=", "seed=7").doesNotContain("exp=", NectarServer.KEY);
    assertThat(message.get("content").asString()).isEqualTo("![a \\*red\\* apple](" + url + ")");

    assertThat(painter.lastBody().get("prompt").asString()).isEqualTo("a *red* apple");
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("flux");
    var picture = nectar.get(target(url));
    assertThat(picture.body()).isEqualTo(PNG);
    assertThat(header(picture, "X-Cache")).isEqualTo("HIT");
    assertThat(painter.calls()).hasSize(1);
  }

  @Test
  void prompt_askedAgainWithoutASeed_isAnotherPicture() throws Exception {
    var first = json(chat(asks("a new one", ""))).at("/choices/0/message/content");
    var second = json(chat(asks("a new one", ""))).at("/choices/0/message/content");

    assertThat(first).isNotEqualTo(second);
    assertThat(painter.calls()).hasSize(2);
  }

  @Test
  void seed_ofTheSettings_isThatOfWhoNamesNone(@TempDir Path cache) throws Exception {
    try (var server = NectarServer.start(cache, painter.url(), Map.of("OPENAI_SEED", "42"))) {
      for (var use : List.of("made", "found")) {
        assertThat(text(chat(server, asks("the same", "")))).as(use).contains("seed=42");
      }
      assertThat(painter.calls()).hasSize(1);
    }
  }

  @Test
  void deployment_ofAzure_namesTheModel() throws Exception {
    var answer =
        nectar.send(
            "POST",
            "/openai/deployments/sdxl/chat/completions?api-version=2025-04-01-preview",
            asks("a cloud", ""),
            "api-key",
            NectarServer.KEY);

    assertThat(json(answer).get("model").asString()).isEqualTo("sdxl");
    assertThat(painter.lastBody().get("model").asString()).isEqualTo("sdxl");
  }

  @Test
  void choices_areEachAPicture() throws Exception {
    var choices = json(chat(asks("two", ",\"n\":2,\"seed\":5"))).get("choices");

    assertThat(choices).hasSize(2);
    for (var i = 0; i < 2; i++) {
      assertThat(choices.get(i).get("index").asInt()).isEqualTo(i);
      assertThat(choices.get(i).at("/message/content").asString()).contains("seed=" + (5 + i));
    }
  }

  @Test
  void stream_tellsRoleThenPictureThenStop() throws Exception {
    var answer = chat(asks("a stream", ",\"stream\":true,\"model\":\"flux\""));

    assertThat(header(answer, "Content-Type")).startsWith("text/event-stream");
    var chunks = chunks(events(answer));
    assertThat(chunks).hasSize(3);
    for (var chunk : chunks) {
      assertThat(chunk.get("object").asString()).isEqualTo("chat.completion.chunk");
      assertThat(chunk.get("id")).isEqualTo(chunks.getFirst().get("id"));
      assertThat(chunk.get("model").asString()).isEqualTo("flux");
      assertThat(chunk.get("choices")).hasSize(1);
      assertThat(chunk.at("/choices/0/index").asInt()).isZero();
    }
    var deltas = chunks.stream().map(chunk -> chunk.at("/choices/0/delta")).toList();
    assertThat(deltas.get(0).get("role").asString()).isEqualTo("assistant");
    var url = deltas.get(1).at("/images/0/image_url/url").asString();
    assertThat(deltas.get(1).get("content").asString()).isEqualTo("![a stream](" + url + ")");
    assertThat(nectar.get(target(url)).body()).isEqualTo(PNG);
    assertThat(deltas.get(2).isEmpty()).isTrue();
    assertThat(chunks.stream().map(chunk -> chunk.at("/choices/0/finish_reason").asString("-")))
        .containsExactly("-", "-", "stop");
  }

  @Test
  void stream_withUsage_endsWithIt() throws Exception {
    var options = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    var last = chunks(events(chat(asks("a stream", options)))).getLast();

    assertThat(last.get("choices").isArray()).isTrue();
    assertThat(last.get("choices").isEmpty()).isTrue();
    assertThat(last.at("/usage/total_tokens").isInt()).isTrue();
  }

  @Test
  void refusal_isASentenceOfTheAssistant() throws Exception {
    painter.fails(400, REFUSAL);
    var answer = chat(asks("refused", ""));

    assertThat(answer.statusCode()).isEqualTo(200);
    var choice = json(answer).at("/choices/0");
    assertThat(choice.at("/message/content").asString())
        .isEqualTo(
            "I can't paint that: the prompt was refused for its content. Please try other words.");
    assertThat(choice.get("message").has("images")).isFalse();
    assertThat(choice.get("finish_reason").asString()).isEqualTo("stop");

    var chunks = chunks(events(chat(asks("refused, too", ",\"stream\":true"))));
    assertThat(chunks.get(1).at("/choices/0/delta/content").asString()).startsWith("I can't paint");
    assertThat(chunks.get(2).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
  }

  @Test
  void failure_isAnErrorWithItsStatus_ofAStreamToo() throws Exception {
    painter.fails(500, "out of order");
    for (var members : List.of("", ",\"stream\":true")) {
      var answer = chat(asks("unlucky", members));

      assertThat(answer.statusCode()).as(members).isEqualTo(502);
      assertThat(json(answer).at("/error/type").asString()).isEqualTo("server_error");
    }
  }

  @Test
  void model_thatNobodyKnows_isNotFound() throws Exception {
    painter.fails(404, "{\"error\":{\"code\":\"model_not_found\"}}");
    var answer = chat(asks("an apple", ",\"model\":\"unknown\""));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("model_not_found");
  }

  @Test
  void request_withoutKeyOrUser_isRefused() throws Exception {
    assertThat(nectar.send("POST", PATH, asks("an apple", "")).statusCode()).isEqualTo(401);

    for (var body :
        List.of("{}", "{\"messages\":[{\"role\":\"system\",\"content\":\"Paint.\"}]}", "[", "")) {
      var answer = chat(body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(json(answer).at("/error/type").asString()).isEqualTo("invalid_request_error");
    }
    assertThat(json(chat("{}")).at("/error/param").asString()).isEqualTo("messages");
    assertThat(painter.calls()).isEmpty();
  }

  @Test
  void picture_thatTheUserAttached_isWhatItIsPaintedFrom() throws Exception {
    var answer =
        chat(
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"bluer"},
             {"type":"image_url","image_url":{"url":"%s"}}]}]}
            """
                .formatted(DATA_URL));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(painter.calls().getLast().getBody()).containsSequence(PNG);
    var url = json(answer).at("/choices/0/message/images/0/image_url/url").asString();
    assertThat(url).contains("image=sha256%3A");
    assertThat(nectar.get(target(url)).body()).isEqualTo(PNG);
  }

  /** Our own link, which is resolved and not fetched: its address would be refused. */
  @Test
  void picture_thatTheAssistantMadeLast_isWhatTheNextIsPaintedFrom() throws Exception {
    var first = json(chat(asks("an apple", ""))).at("/choices/0/message/content").asString();
    var next =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "messages",
                    List.of(
                        Map.of("role", "user", "content", "an apple"),
                        Map.of("role", "assistant", "content", first),
                        Map.of("role", "user", "content", "bluer"))));

    var answer = chat(next);

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    assertThat(painter.calls()).hasSize(2);
    assertThat(painter.calls().getLast().getBody()).containsSequence(PNG);
  }

  /** Chats send back all that was painted before. */
  @Test
  void history_ofMegabytes_isTaken() throws Exception {
    var large =
        "data:image/png;base64,"
            + Base64.getEncoder().encodeToString(SampleImages.png(5_000_000, 2));
    var answer =
        chat(
            """
            {"messages":[{"role":"user","content":"an apple"},
             {"role":"assistant","content":"![an apple](%s)"},
             {"role":"user","content":"a pear"}],"stream":false}
            """
                .formatted(large));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(painter.calls().getLast().getBodyAsString()).contains("a pear");
  }

  /** As Open WebUI sends it, which shows what stands in the content. */
  @Test
  void openWebUi_hasItsPicture() throws Exception {
    var chunks =
        chunks(
            events(
                chat(
                    """
                    {"stream":true,"model":"flux","messages":[
                     {"role":"system","content":"You are helpful."},
                     {"role":"user","content":"a lake"}],
                     "temperature":0.8,"top_p":0.9,"max_tokens":1024,"stop":["x"],
                     "stream_options":{"include_usage":true},"tools":[],
                     "reasoning_effort":"low","response_format":{"type":"text"}}
                    """)));

    assertThat(chunks.get(1).at("/choices/0/delta/content").asString())
        .startsWith("![a lake](http");
    assertThat(painter.lastPrompt()).isEqualTo("a lake");
    assertThat(painter.lastBody().has("temperature")).isFalse();
  }

  @Test
  void picture_withoutLinks_goesAlong(@TempDir Path cache) throws Exception {
    try (var server = NectarServer.start(cache, painter.url(), Map.of("URL_SIGNING_KEYS", "off"))) {
      var message = json(chat(server, asks("a \"quoted\" one", ""))).at("/choices/0/message");
      assertThat(message.at("/images/0/image_url/url").asString()).isEqualTo(DATA_URL);
      assertThat(message.get("content").asString())
          .isEqualTo("![a \"quoted\" one](" + DATA_URL + ")");

      var known = asks("kept", ",\"seed\":1,\"stream\":true");
      for (var use : List.of("made", "found")) {
        var chunks = chunks(events(chat(server, known)));
        assertThat(chunks.get(1).at("/choices/0/delta/content").asString())
            .as(use)
            .isEqualTo("![kept](" + DATA_URL + ")");
      }
    }
  }

  @Test
  void prompt_thatNoLinkCanHold_isAnsweredWithThePictureItself() throws Exception {
    var message = json(chat(asks("湖".repeat(10_000), ""))).at("/choices/0/message");

    assertThat(message.at("/images/0/image_url/url").asString()).isEqualTo(DATA_URL);
  }

  @Test
  void rateLimit_isToldBeforeAStreamBegins(@TempDir Path cache) throws Exception {
    try (var server = NectarServer.start(cache, painter.url(), Map.of("RATE_LIMIT", "1/h"))) {
      assertThat(chat(server, asks("one", ",\"stream\":true")).statusCode()).isEqualTo(200);

      var refused = chat(server, asks("two", ",\"stream\":true"));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isNotEmpty();
      assertThat(json(refused).at("/error/code").asString()).isEqualTo("rate_limit_exceeded");
    }
  }

  @Test
  void backEnd_thatIsAskedInVain_isNotNamed() throws Exception {
    painter.answers(aResponse().withStatus(500).withBody("secret of the back end"));

    assertThat(text(chat(asks("named", "")))).doesNotContain("secret", painter.url());
  }

  @Test
  void demo_takesAConversationOfMegabytes(@TempDir Path cache) throws Exception {
    try (var demo =
        NectarServer.start(cache, "http://unused", Map.of("spring.profiles.active", "demo"))) {
      var large = "data:image/png;base64," + "A".repeat(3 << 20);
      var body =
          asks("a pear", ",\"size\":\"64x64\",\"model\":\"demo-painter\"")
              .replace(
                  "\"messages\":[",
                  "\"messages\":[{\"role\":\"assistant\",\"content\":\"![x](" + large + ")\"},");
      // As curl does it.
      var form = "application/x-www-form-urlencoded";
      var answer =
          demo.send("POST", PATH, body, "Authorization", "Bearer demo", "Content-Type", form);

      assertThat(answer.statusCode()).isEqualTo(200);
      var url = json(answer).at("/choices/0/message/images/0/image_url/url").asString();
      var picture = demo.get(target(url));
      assertThat(header(picture, "Content-Type")).isEqualTo("image/png");
      assertThat(header(picture, "X-Image-Size")).isEqualTo("64x64");
    }
  }
}
