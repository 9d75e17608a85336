package dev.nectar.backend.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Pictures in the messages of a chat model, whole or as a stream: beside the content, as parts of
 * it, or in its text.
 */
final class ChatPictures implements Pictures {

  /** In an image part or within one of these; what is at hand comes before a link. */
  private static final List<String> FIELDS =
      List.of("b64_json", "base64", "data", "source", "image", "image_url", "url");

  private static final int MAX_DEPTH = 3;

  /**
   * A {@code data:} URL, which may follow another at once where a stream cuts between prefix and
   * picture, or the URL of a Markdown picture, which may hold pairs of parentheses.
   */
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<data>(?i:data:image/)(?:(?!data:)[^\\s()<>\"'`])++)"
              + "|!\\[[^\\]]*+\\]\\(\\s*+<?(?<link>(?:[^\\s()<>]|\\([^\\s()<>]*+\\))++)");

  private final ListedPictures listed = new ListedPictures();

  /** What one of the choices has, in all chunks together. */
  private static final class Choice {

    private final List<Item> items = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void take(JsonNode chunk) {
      var sources = new ArrayList<Source>();
      for (var message : List.of(chunk.path("message"), chunk.path("delta"))) {
        message.path("images").forEach(image -> collect(image, 0, sources));
        var content = message.path("content");
        text.append(content.asString(""));
        for (var part : content.isArray() ? content : List.<JsonNode>of()) {
          if (part.path("type").asString("").contains("image")) {
            collect(part, 0, sources);
          } else {
            text.append(part.path("text").asString(""));
          }
        }
      }
      items.add(new Item(chunk, sources));
    }

    Stream<Item> items() {
      var last = items.getLast();
      var inText =
          IN_TEXT
              .matcher(text)
              .results()
              .map(found ->
                  Optional.ofNullable(found.group("data")).orElseGet(() -> found.group("link")))
              .map(url -> new Source(url, false))
              .toList();
      return Stream.concat(items.stream(), Stream.of(new Item(last.node(), inText)))
          .filter(item -> !item.sources().isEmpty());
    }
  }

  @Override
  public List<Item> in(List<JsonNode> documents) {
    var items = choices(documents).stream().flatMap(Choice::items).toList();
    return items.isEmpty() ? listed.in(documents) : items;
  }

  /** Text, without an error beside it. */
  @Override
  public Optional<String> silentRefusal(List<JsonNode> documents) {
    var isFailed = documents.stream().anyMatch(ChatPictures::hasError);
    return choices(documents).stream()
        .map(choice -> choice.text.toString())
        .filter(text -> !isFailed && !text.isBlank())
        .findFirst();
  }

  private static boolean hasError(JsonNode document) {
    return document.hasNonNull("error")
        || document.path("choices").valueStream().anyMatch(choice -> choice.hasNonNull("error"));
  }

  private static List<Choice> choices(List<JsonNode> documents) {
    var choices = new LinkedHashMap<String, Choice>();
    for (var document : documents) {
      document
          .path("choices")
          .forEach(chunk ->
              choices
                  .computeIfAbsent(chunk.path("index").asString("0"), _ -> new Choice())
                  .take(chunk));
    }
    return List.copyOf(choices.values());
  }

  private static void collect(JsonNode node, int depth, List<Source> sources) {
    var text = node.asString("");
    if (!text.isBlank()) {
      sources.add(new Source(text, false));
    } else if (node.isObject() && depth < MAX_DEPTH) {
      FIELDS.forEach(field -> collect(node.path(field), depth + 1, sources));
    }
  }
}
