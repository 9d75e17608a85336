package dev.nectar.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nectar as a model in chats. */
class ChatTest extends ChatCase {

  private static final String REFUSAL = "{\"error\":{\"code\":\"content_policy_violation\"}}";

  ChatTest(@TempDir Path cache) {
    super(cache);
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
}
