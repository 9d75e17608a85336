package dev.nectar.prompt;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads a completion of a chat as OpenAI publishes it, and as its relatives write it. */
final class ChatCompletion {

  /** By these a filter ends what a model says; of OpenAI, Zhipu, Gemini and Anthropic. */
  private static final Set<String> FILTERED =
      Set.of("content_filter", "sensitive", "safety", "prohibited_content", "blocklist", "refusal");

  private static final Set<String> TEXT_TYPES = Set.of("text", "output_text");

  private ChatCompletion() {}

  /** Whether the JSON has a message at all. */
  static boolean isOne(JsonNode json) {
    return json.at("/choices/0/message").isObject() && !isError(json.path("error"));
  }

  private static boolean isError(JsonNode error) {
    return (error.isObject() && !error.isEmpty())
        || (error.isString() && !error.stringValue().isBlank());
  }

  static ChatAnswer read(JsonNode json) {
    var choice = json.at("/choices/0");
    var finish = choice.path("finish_reason").asString("").toLowerCase(Locale.ROOT);
    var message = choice.path("message");
    var content = message.path("content");
    if (FILTERED.contains(finish)
        || isRefusal(message)
        || content.valueStream().anyMatch(ChatCompletion::isRefusal)) {
      return new ChatAnswer.Refused();
    }
    if (isError(choice.path("error")) || finish.equals("error")) {
      return new ChatAnswer.Failed("an error");
    }
    return new ChatAnswer.Said(
        Thinking.dropped(text(content)), !finish.equals("length") && !finish.equals("max_tokens"));
  }

  private static boolean isRefusal(JsonNode node) {
    return !node.path("refusal").asString("").isBlank();
  }

  /** Of a list, the parts that are text, not those that are thoughts. */
  private static String text(JsonNode content) {
    return content.isArray()
        ? content.valueStream().map(ChatCompletion::partText).collect(Collectors.joining())
        : content.asString("");
  }

  private static String partText(JsonNode part) {
    return part.isString()
        ? part.stringValue()
        : TEXT_TYPES.contains(part.path("type").asString("text"))
            ? part.path("text").asString("")
            : "";
  }
}
