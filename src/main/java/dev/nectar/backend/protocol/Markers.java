package dev.nectar.backend.protocol;

import dev.nectar.backend.protocol.Pictures.Item;
import dev.nectar.backend.protocol.Signs.Sign.Meaning;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What says, in a success, that the picture beside it only stands for one that was refused. */
final class Markers {

  private static final Set<String> REASONS =
      Set.of("finishreason", "finishreasons", "nativefinishreason", "stopreason");

  private static final Set<String> ERRORS = Set.of("error", "errors", "innererror", "baseresp");

  /** Each a result of its own, whose markers are about it alone. */
  private final Set<JsonNode> apart = Collections.newSetFromMap(new IdentityHashMap<>());

  private Markers(List<Item> apart) {
    apart.forEach(item -> this.apart.add(item.node()));
  }

  /** Whether one stands in the answer outside of its items, and so is about all of them. */
  static boolean areBeside(List<Item> items, JsonNode document) {
    return new Markers(items).areIn(document, true, false);
  }

  static boolean areIn(JsonNode node) {
    return new Markers(List.of()).areIn(node, true, false);
  }

  /**
   * @param areCodes whether the node's own codes are of an error
   * @param areErrors whether all codes below are
   */
  private boolean areIn(JsonNode node, boolean areCodes, boolean areErrors) {
    for (var field : node.properties()) {
      var name = Report.canonical(field.getKey());
      var value = field.getValue();
      var isError = areErrors || ERRORS.contains(name);
      if (isMarker(name, value)
          || (areCodes && Report.isCode(name) && isRefusal(value))
          || (isError && isRefusal(value))
          || areWithin(value, isError)) {
        return true;
      }
    }
    for (var element : node.isArray() ? node : List.<JsonNode>of()) {
      if (areWithin(element, areErrors)) {
        return true;
      }
    }
    return false;
  }

  private boolean areWithin(JsonNode node, boolean areErrors) {
    return !apart.contains(node) && areIn(node, areErrors, areErrors);
  }

  private static boolean isMarker(String name, JsonNode value) {
    return switch (name) {
      case "respectmoderation" -> value.isBoolean() && !value.booleanValue();
      case "blockreason", "refusal" -> !value.asString("").isBlank();
      default -> REASONS.contains(name) && isFilter(value);
    };
  }

  private static boolean isFilter(JsonNode reason) {
    for (var element : reason.isArray() ? reason : List.of(reason)) {
      if (Signs.isFilter(element.asString("").toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRefusal(JsonNode code) {
    return code.isString()
        && Signs.ofCodes(List.of(code.stringValue().strip().toLowerCase(Locale.ROOT)))
            .equals(Optional.of(Meaning.REFUSED));
  }
}
