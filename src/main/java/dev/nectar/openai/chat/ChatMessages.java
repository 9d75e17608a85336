package dev.nectar.openai.chat;

import dev.nectar.image.InvalidImageRequestException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A conversation, as far as it tells what is to be painted. */
record ChatMessages(List<JsonNode> messages, int lastOfUser) {

  /** Of a picture in Markdown, the URL. */
  private static final Pattern PICTURE =
      Pattern.compile("!\\[(?:[^\\]\\\\]|\\\\.)*+\\]\\(\\s*+<?(?<url>[^)>\\s]++)", Pattern.DOTALL);

  /** Some interfaces have paths of their own in the place of URLs. */
  private static final Pattern OPENABLE =
      Pattern.compile("(?:https?:|data:).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * The messages of a body.
   *
   * @throws InvalidImageRequestException if none is a user's
   */
  static ChatMessages of(JsonNode body) {
    var messages = body.path("messages").valueStream().toList();
    for (var last = messages.size() - 1; last >= 0; last--) {
      if (isOf("user", messages.get(last))) {
        return new ChatMessages(messages, last);
      }
    }
    throw new InvalidImageRequestException(
        "messages", "The parameter 'messages' has no message of a user, which is the prompt.");
  }

  private static boolean isOf(String role, JsonNode message) {
    return message.path("role").asString("").equals(role);
  }

  /** The text of the user's last message. */
  String prompt() {
    return text(messages.get(lastOfUser)).strip();
  }

  /**
   * What a picture is to be made from.
   *
   * @param images each a URL, or what is staged
   * @param attached by the user; otherwise it is the last one that the assistant made before
   */
  record Inputs(List<String> images, boolean attached) {}

  /** What the user attached to it; if nothing, the last picture that the assistant made before. */
  Inputs inputs() {
    var attached = pictures(messages.get(lastOfUser)).toList();
    return attached.isEmpty()
        ? new Inputs(painted().stream().toList(), false)
        : new Inputs(attached, true);
  }

  private Optional<String> painted() {
    return messages.subList(0, lastOfUser).stream()
        .filter(message -> isOf("assistant", message))
        .flatMap(message -> Stream.concat(shown(message), pictures(message)))
        .filter(url -> OPENABLE.matcher(url).matches())
        .reduce((_, later) -> later);
  }

  /** In the text. */
  private static Stream<String> shown(JsonNode message) {
    return PICTURE.matcher(text(message)).results().map(picture -> picture.group("url"));
  }

  /** Beside the text: among its parts, or in the list that assistants have. */
  private static Stream<String> pictures(JsonNode message) {
    return Stream.of(message.path("content"), message.path("images"))
        .filter(JsonNode::isArray)
        .flatMap(JsonNode::valueStream)
        .map(part -> part.path("image_url"))
        .map(image -> image.isObject() ? image.path("url") : image)
        .map(url -> url.asString(""))
        .filter(url -> !url.isBlank());
  }

  /** A message's content is a text, or a list of parts. */
  private static String text(JsonNode message) {
    var content = message.path("content");
    return content.isArray()
        ? content
            .valueStream()
            .map(part -> part.isString() ? part.asString() : part.path("text").asString(""))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n"))
        : content.asString("");
  }
}
