package dev.nectar.demo;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/chat/completions}: a painter where pictures are asked for, else a writer that
 * embellishes the prompt it is given, or makes it harmless where the conversation says that it was
 * refused.
 */
final class ChatEndpoint {

  private static final String OPENING = "<original_prompt>";
  private static final String CLOSING = "</original_prompt>";
  private static final Pattern REFUSAL = Pattern.compile("refused", Pattern.CASE_INSENSITIVE);
  private static final Pattern MENDABLE =
      Pattern.compile("\\bforbidden\\b(?!\\s+always\\b)", Pattern.CASE_INSENSITIVE);

  private final PaintingChat painter;
  private final InstantSource time;

  ChatEndpoint(PaintingChat painter, InstantSource time) {
    this.painter = painter;
    this.time = time;
  }

  Answer complete(Request request) {
    var json = request.json();
    var messages = json.path("messages").valueStream().toList();
    return messages.stream()
        .filter(message -> message.path("role").asString("").equals("user"))
        .reduce((_, later) -> later)
        .map(last ->
            PaintingChat.isMeant(json)
                ? painter.paint(request, text(last), last.path("content"))
                : completion(
                    json.path("model").asString("demo-writer"), reply(messages, text(last))))
        .orElseGet(() ->
            OpenAiError.invalid("messages", "The messages are an array with one of a user.")
                .answer());
  }

  private static String reply(List<JsonNode> messages, String last) {
    var given = given(last);
    // The prompt itself may speak of refusal; only what is said about it counts.
    var instructions =
        messages.stream()
            .map(ChatEndpoint::text)
            .collect(Collectors.joining("\n"))
            .replace(OPENING + given.orElse("") + CLOSING, "");
    var prompt = given.orElse(last).strip();
    return REFUSAL.matcher(instructions).find()
        ? MENDABLE.matcher(prompt).replaceAll("secret")
        : prompt + ", soft morning light, fine detail, balanced composition";
  }

  /** What stands within the last tags. */
  private static Optional<String> given(String message) {
    var from = message.lastIndexOf(OPENING);
    var to = message.indexOf(CLOSING, Math.max(from, 0));
    return from < 0 || to < 0
        ? Optional.empty()
        : Optional.of(message.substring(from + OPENING.length(), to));
  }

  /** A message's content is a string or an array of parts. */
  private static String text(JsonNode message) {
    var content = message.path("content");
    return content.isArray()
        ? content
            .valueStream()
            .map(part -> part.path("text").asString(""))
            .collect(Collectors.joining("\n"))
        : content.asString("");
  }

  private Answer completion(String model, String prompt) {
    var now = time.instant();
    var message = new LinkedHashMap<String, @Nullable Object>();
    message.put("role", "assistant");
    message.put("content", "<prompt>" + prompt + "</prompt>");
    message.put("refusal", null);
    return Answer.json(
        200,
        Map.of(
            "id",
            "chatcmpl-demo-" + now.toEpochMilli(),
            "object",
            "chat.completion",
            "created",
            now.getEpochSecond(),
            "model",
            model,
            "choices",
            List.of(Map.of("index", 0, "message", message, "finish_reason", "stop")),
            "usage",
            Map.of("prompt_tokens", 0, "completion_tokens", 0, "total_tokens", 0)));
  }
}
