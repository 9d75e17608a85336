package dev.nectar.backend.protocol;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where a protocol's answers have their pictures. */
interface Pictures {

  /**
   * One of the results that an answer lists.
   *
   * @param node all that is about it
   * @param sources what may be its picture, best first
   */
  record Item(JsonNode node, List<Source> sources) {}

  /**
   * A text that may be a picture: a {@code data:} URL, Base64 or a link.
   *
   * @param mayBeRelative whether it may be a link without scheme, host and leading slash
   */
  record Source(String text, boolean mayBeRelative) {}

  /**
   * The results in their order, those without a picture too.
   *
   * @param documents an answer's one, or those of its events
   */
  List<Item> in(List<JsonNode> documents);

  /**
   * What an answer without a picture, an error or a marker says, if it is taken for a refusal; an
   * empty text if it says nothing.
   */
  Optional<String> silentRefusal(List<JsonNode> documents);
}
