package dev.nectar.web;

import dev.nectar.image.InvalidImageRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, decoded one by one as they are asked for: what is ignored may
 * be malformed, and nothing is looked at before the key.
 */
public final class QueryParameters {

  private final List<String> pairs;
  private final Map<String, String> encoded = new HashMap<>();

  /** Of a name that stands twice, the first one counts. */
  public QueryParameters(@Nullable String query) {
    pairs = query == null ? List.of() : List.of(query.split("&", -1));
    for (var pair : pairs) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        encoded.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
  }

  public boolean has(String name) {
    return encoded.containsKey(name);
  }

  /**
   * The value of a parameter; null if there is none.
   *
   * @throws InvalidImageRequestException if it is not percent-encoded UTF-8
   */
  public @Nullable String get(String name) {
    var value = encoded.get(name);
    return value == null ? null : decoded(name, value);
  }

  /**
   * All that the query holds, whether or not it counts.
   *
   * @throws InvalidImageRequestException if a value is not percent-encoded UTF-8, or a name is
   *     encoded: it would not be recognized under what it means
   */
  public List<Map.Entry<String, String>> all() {
    return pairs.stream().filter(pair -> !pair.isEmpty()).map(QueryParameters::entry).toList();
  }

  private static Map.Entry<String, String> entry(String pair) {
    var equals = pair.indexOf('=');
    var name = equals < 0 ? pair : pair.substring(0, equals);
    if (name.indexOf('%') >= 0 || name.indexOf('+') >= 0) {
      throw new InvalidImageRequestException("The name of a parameter is encoded.");
    }
    return Map.entry(name, equals < 0 ? "" : decoded(name, pair.substring(equals + 1)));
  }

  private static String decoded(String name, String value) {
    try {
      return PercentText.decode(value.replace('+', ' '));
    } catch (InvalidImageRequestException e) {
      throw new InvalidImageRequestException(
          name, "The parameter '%s' is not percent-encoded UTF-8.".formatted(name));
    }
  }
}
