package dev.nectar.image;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request has beside prompt, size, model and seed.
 *
 * @param values only what was given, each written in its one way, in the order of the parameters
 */
public record ImageExtras(Map<ExtraParameter, String> values) {

  public static final ImageExtras NONE = new ImageExtras(Map.of());

  private static final String TRANSPARENT = "transparent";

  public ImageExtras {
    var ordered = new EnumMap<ExtraParameter, String>(ExtraParameter.class);
    ordered.putAll(values);
    values = Collections.unmodifiableMap(ordered);
  }

  /**
   * Reads the extra parameters, each null or blank where it was not given.
   *
   * @throws InvalidImageRequestException if one is out of bounds
   */
  static ImageExtras of(Function<String, ? extends @Nullable Object> parameters) {
    return collect(extra -> {
      var value = extra.read(parameters);
      return value == null && extra == ExtraParameter.BACKGROUND && isTransparent(parameters)
          ? TRANSPARENT
          : value;
    });
  }

  /** Pollinations' word for that background. */
  private static boolean isTransparent(Function<String, ? extends @Nullable Object> parameters) {
    return "true".equalsIgnoreCase(String.valueOf(parameters.apply(TRANSPARENT)));
  }

  /** Takes up what {@link #texts} gave, unchecked. */
  public static ImageExtras ofTexts(Map<String, String> texts) {
    return collect(extra -> texts.get(extra.parameter()));
  }

  private static ImageExtras collect(Function<ExtraParameter, @Nullable String> source) {
    var values = new EnumMap<ExtraParameter, String>(ExtraParameter.class);
    for (var extra : ExtraParameter.values()) {
      var value = source.apply(extra);
      if (value != null) {
        values.put(extra, value);
      }
    }
    return values.isEmpty() ? NONE : new ImageExtras(values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** By name, in the order of the parameters. */
  public Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    values.forEach((extra, value) -> texts.put(extra.parameter(), value));
    return texts;
  }

  /** What back ends are told, by name. */
  public Map<String, Object> sent() {
    var sent = new LinkedHashMap<String, Object>();
    values.forEach((extra, value) -> {
      if (extra.isSent()) {
        sent.put(extra.parameter(), extra.sent(value));
      }
    });
    return sent;
  }

  /** Whether the client wants its prompt left as it is. */
  public boolean forbidsOptimizing() {
    return "false".equals(values.get(ExtraParameter.ENHANCE));
  }
}
