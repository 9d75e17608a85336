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

  /**
   * A picture that what is asked for is to be made from.
   *
   * @param url one that begins with {@code http}, or a {@code data:} URL
   * @param attached whether the user attached it; otherwise it is what was painted before
   */
  record Input(String url, boolean attached) {}

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

  /** What the user attached to it; if nothing, the last picture that the assistant made before. */
  List<Input> inputs() {
    var attached = pictures(messages.get(lastOfUser)).map(url -> new Input(url, true)).toList();
    return attached.isEmpty()
        ? painted().map(url -> new Input(url, false)).stream().toList()
        : attached;
  }

  private Optional<String> painted() {
    return messages.subList(0, lastOfUser).stream()
        .filter(message -> isOf("assistant", message))
        .flatMap(message -> Stream.concat(shown(message), pictures(message)))
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
