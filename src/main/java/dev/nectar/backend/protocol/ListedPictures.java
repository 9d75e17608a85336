package dev.nectar.backend.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The shapes in which OpenAI's relatives answer with pictures: listed under one of several names,
 * at the top or an object deeper, or a single one in an object.
 */
final class ListedPictures implements Pictures {

  private static final List<String> LISTS =
      List.of("data", "images", "output", "image_urls", "result", "image_base64", "artifacts");

  /** In an item; what is at hand comes before a link. */
  private static final List<String> FIELDS =
      List.of("b64_json", "base64", "image", "image_url", "url");

  private static final int MAX_DEPTH = 3;

  @Override
  public List<Item> in(List<JsonNode> documents) {
    var items = new ArrayList<Item>();
    documents.forEach(document -> collect(document, 0, items));
    return items;
  }

  /** Empty {@code data} or none, without a word why. */
  @Override
  public Optional<String> silentRefusal(List<JsonNode> documents) {
    return documents.stream()
        .filter(document -> isEmpty(document.path("data")) && !document.hasNonNull("error"))
        .findFirst()
        .map(_ -> "");
  }

  /** A missing one is not. */
  private static boolean isEmpty(JsonNode data) {
    return data.isNull() || (data.isArray() && data.isEmpty());
  }

  private static void collect(JsonNode node, int depth, List<Item> items) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node.isArray()) {
      node.forEach(element -> collectElement(element, depth + 1, items));
    } else if (node.isString()) {
      items.add(new Item(node, sources(node, false)));
    } else if (node.isObject()) {
      LISTS.forEach(list -> collect(node.path(list), depth + 1, items));
      var sources = new ArrayList<Source>();
      for (var field : FIELDS) {
        var value = node.path(field);
        // A task and much else has a URL too.
        var isLink = field.endsWith("url");
        if (!(isLink && depth == 0 && node.has("id"))) {
          sources.addAll(sources(value.isObject() ? value.path("url") : value, isLink));
        }
      }
      if (!sources.isEmpty()) {
        items.add(new Item(node, sources));
      }
    }
  }

  /** Whatever stands in a list is an item, with or without a picture. */
  private static void collectElement(JsonNode element, int depth, List<Item> items) {
    var before = items.size();
    collect(element, depth, items);
    if (items.size() == before && element.isObject()) {
      items.add(new Item(element, List.of()));
    }
  }

  private static List<Source> sources(JsonNode value, boolean mayBeRelative) {
    var text = value.asString("");
    return text.isBlank() ? List.of() : List.of(new Source(text, mayBeRelative));
  }
}
