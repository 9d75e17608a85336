package dev.nectar.web;

import dev.nectar.image.InvalidImageRequestException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, decoded one by one as they are asked for: what is ignored may
 * be malformed, and nothing is looked at before the key.
 */
final class QueryParameters {

  private final Map<String, String> encoded = new HashMap<>();

  /** Of a name that stands twice, the first one counts. */
  QueryParameters(@Nullable String query) {
    if (query == null) {
      return;
    }
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        encoded.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
  }

  /**
   * The value of a parameter; null if there is none.
   *
   * @throws InvalidImageRequestException if it is not percent-encoded UTF-8
   */
  @Nullable String get(String name) {
    var value = encoded.get(name);
    if (value == null) {
      return null;
    }
    try {
      return PercentText.decode(value.replace('+', ' '));
    } catch (InvalidImageRequestException e) {
      throw new InvalidImageRequestException(
          "The parameter '%s' is not percent-encoded UTF-8.".formatted(name));
    }
  }
}
