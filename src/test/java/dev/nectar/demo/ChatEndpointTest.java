package dev.nectar.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.demo.DemoClient.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEndpointTest {

  private static final String TAGGED = "<original_prompt>%s</original_prompt>";
  private static final String EMBELLISHED =
      "<prompt>%s, soft morning light, fine detail, balanced composition</prompt>";

  private final DemoServer server =
      DemoServer.start(InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)));
  private final DemoClient client = DemoClient.of(server);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void completion_ofAPrompt_hasOpenAisShape() {
    var reply = chat("a cat");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/object")).isEqualTo("chat.completion");
    assertThat(reply.json().path("created").asLong()).isEqualTo(1_700_000_000);
    assertThat(reply.at("/model")).isEqualTo("gpt-4.1-mini");
    assertThat(reply.at("/choices/0/message/role")).isEqualTo("assistant");
    assertThat(reply.at("/choices/0/finish_reason")).isEqualTo("stop");
  }

  @Test
  void message_withoutTags_isEmbellishedWhole() {
    assertThat(content(chat(" a cat "))).isEqualTo(EMBELLISHED.formatted("a cat"));
  }

  @Test
  void message_withTags_isEmbellishedWithinTheLast() {
    var message = "Between " + TAGGED.formatted("x") + " is " + TAGGED.formatted("a \"cat\"\n$1");

    assertThat(content(chat(message))).isEqualTo(EMBELLISHED.formatted("a \"cat\"\n$1"));
  }

  @Test
  void message_ofSeveral_isTheUsersLast() {
    var reply =
        chat(
            List.of(
                Map.of("role", "user", "content", "a dog"),
                Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", "a cat"))),
                Map.of("role", "assistant", "content", "a bird")));

    assertThat(content(reply)).isEqualTo(EMBELLISHED.formatted("a cat"));
  }

  @ParameterizedTest
  @CsvSource({
    "a forbidden cat, a secret cat",
    "Forbidden FORBIDDEN, secret secret",
    "forbidden always, forbidden always",
    "forbidden  Always and forbidden, forbidden  Always and secret",
    "a cat, a cat"
  })
  void prompt_thatWasRefused_isMadeHarmless(String prompt, String harmless) {
    var reply = chat("This prompt was refused. Reword it: " + TAGGED.formatted(prompt));

    assertThat(content(reply)).isEqualTo("<prompt>" + harmless + "</prompt>");
  }

  @Test
  void refusal_namedByTheSystem_counts() {
    var reply =
        chat(
            List.of(
                Map.of("role", "system", "content", "You reword prompts that were Refused."),
                Map.of("role", "user", "content", "a forbidden cat")));

    assertThat(content(reply)).isEqualTo("<prompt>a secret cat</prompt>");
  }

  @Test
  void refusal_namedByThePromptItself_doesNotCount() {
    var reply = chat("Embellish " + TAGGED.formatted("a refused letter"));

    assertThat(content(reply)).isEqualTo(EMBELLISHED.formatted("a refused letter"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"messages\":[]}", "{\"messages\":\"a cat\"}"})
  void body_withoutAUsersMessage_isABadRequest(String body) {
    var reply = client.post("/v1/chat/completions", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.at("/error/param")).isEqualTo("messages");
  }

  private Reply chat(String message) {
    return chat(List.of(Map.of("role", "user", "content", message)));
  }

  private Reply chat(List<Map<String, ?>> messages) {
    var body = Map.of("model", "gpt-4.1-mini", "messages", messages);
    return client.post("/v1/chat/completions", DemoClient.JSON.writeValueAsString(body));
  }

  private static String content(Reply reply) {
    return reply.at("/choices/0/message/content");
  }
}
