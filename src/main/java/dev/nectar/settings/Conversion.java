package dev.nectar.settings;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * From a variable's text to a value.
 *
 * @param expectation what the text must be, to stand after "is not"
 * @param parser throws a RuntimeException on anything else
 * @param absent the value of a variable that is not set and has no fallback
 * @param harmless whether a wrong text may be shown
 */
record Conversion(
    String expectation,
    Function<String, Object> parser,
    @Nullable Object absent,
    boolean harmless) {

  private static final Pattern DURATION = Pattern.compile("\\d{1,12}(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("\\d{1,12}(B|KB|MB|GB|TB)");

  /** A longer one could lead past the last instant there is. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final Map<String, Conversion> BY_TYPE =
      Map.ofEntries(
          of("java.lang.String", "a text", identity()::apply, null, false),
          of("java.nio.file.Path", "a path", Path::of, null, true),
          of("boolean", "true or false", Conversion::bool, false, true),
          of("int", "a whole number", Integer::valueOf, 0, true),
          of("java.lang.Integer", "a whole number", Integer::valueOf, null, true),
          of(
              "java.time.Duration",
              "a duration such as 500ms, 30s, 2m or 24h",
              Conversion::duration,
              null,
              true),
          of(
              "org.springframework.util.unit.DataSize",
              "a size such as 32MB or 10GB",
              Conversion::size,
              null,
              true),
          of(
              "dev.nectar.settings.Rate",
              "a rate such as 5/s, 30/m or 100/h",
              Rate::parse,
              null,
              true),
          of(
              "dev.nectar.settings.RedisUrl",
              // As a URL has it, a user would be hidden from whoever reads this.
              "a Redis URL: redis://host[:port][/database] or rediss://…, with user:password@ before"
                  + " the host where it has them, and %XX for each of / ? # @ , : % in either",
              text -> RedisUrl.parse(text).orElseThrow(),
              null,
              false),
          of("java.net.URI", "an http or https URL", Conversion::url, null, false),
          of(
              "java.util.List<java.lang.String>",
              "a comma-separated list",
              Conversion::list,
              List.of(),
              false),
          of(
              "java.util.Map<java.lang.String, java.lang.String>",
              "a JSON object such as {\"https://a\": \"text\"}",
              text -> json(text, new TypeReference<Map<String, String>>() {}),
              Map.of(),
              false),
          of(
              "java.util.Map<java.lang.String, java.lang.Double>",
              "a JSON object such as {\"https://a\": 2, \"https://b\": 0.5}",
              text -> json(text, new TypeReference<Map<String, Double>>() {}),
              Map.of(),
              false),
          of(
              "java.util.Map<java.lang.String, java.util.List<java.lang.String>>",
              "a JSON object such as {\"https://a\": [\"text\", \"text\"]}",
              text -> lists(json(text, new TypeReference<Map<String, List<String>>>() {})),
              Map.of(),
              false),
          of(
              "java.util.Map<java.lang.String, java.util.Map<java.lang.String, java.lang.String>>",
              "a JSON object such as {\"https://a\": {\"model\": \"model to send\"}}",
              text -> models(json(text, new TypeReference<Map<String, Map<String, String>>>() {})),
              Map.of(),
              false),
          of(
              "java.util.Map<java.lang.String, java.util.Map<java.lang.String,"
                  + " java.util.Map<java.lang.String, java.math.BigDecimal>>>",
              "a JSON object such as {\"https://a\": {\"model\": 0.04, \"*\": {\"1024x1024:hd\": 0.08,"
                  + " \"hd\": 0.06, \"*\": 0.04}}}",
              text ->
                  numbers(json(text, new TypeReference<Map<String, Map<String, JsonNode>>>() {})),
              Map.of(),
              false));

  static Conversion to(Type type) {
    if (type instanceof Class<?> c && c.isEnum()) {
      return choice(c.asSubclass(Enum.class));
    }
    var conversion = BY_TYPE.get(type.getTypeName());
    if (conversion == null) {
      throw new IllegalArgumentException("no conversion to " + type);
    }
    return conversion;
  }

  Object parse(String text) {
    return parser.apply(text);
  }

  private static Map.Entry<String, Conversion> of(
      String type,
      String expectation,
      Function<String, Object> parser,
      @Nullable Object absent,
      boolean harmless) {
    return Map.entry(type, new Conversion(expectation, parser, absent, harmless));
  }

  private static Conversion choice(@SuppressWarnings("rawtypes") Class<? extends Enum> type) {
    var names =
        Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    return new Conversion(
        "one of " + String.join(", ", names),
        text -> type.getEnumConstants()[found(names.indexOf(text.toLowerCase(Locale.ROOT)))],
        null,
        true);
  }

  private static int found(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("not among the choices");
    }
    return index;
  }

  private static Object bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Duration duration(String text) {
    if (!DURATION.matcher(text).matches()) {
      throw new IllegalArgumentException("no unit");
    }
    var duration = DurationStyle.SIMPLE.parse(text);
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("beyond all calendars");
    }
    return duration;
  }

  private static DataSize size(String text) {
    var upper = text.toUpperCase(Locale.ROOT);
    if (!SIZE.matcher(upper).matches()) {
      throw new IllegalArgumentException("no unit");
    }
    return DataSize.parse(upper);
  }

  /**
   * An absolute http or https URL with a host; anything else throws an IllegalArgumentException.
   */
  static URI url(String text) {
    var url = URI.create(text);
    var scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || url.getHost() == null
        || url.getFragment() != null) {
      throw new IllegalArgumentException("no http or https URL");
    }
    return url;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static <V> Map<String, V> json(String text, TypeReference<Map<String, V>> type) {
    return Map.copyOf(JSON.readValue(text, type));
  }

  private static Map<String, List<String>> lists(Map<String, List<String>> maps) {
    return maps.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }

  /** Copying also refuses the nulls that JSON may hold. */
  private static Map<String, Map<String, String>> models(Map<String, Map<String, String>> maps) {
    return maps.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
  }

  /** A number alone is the one for everything. */
  private static Map<String, Map<String, Map<String, BigDecimal>>> numbers(
      Map<String, Map<String, JsonNode>> maps) {
    return maps.entrySet().stream()
        .collect(
            toUnmodifiableMap(
                Map.Entry::getKey,
                map ->
                    map.getValue().entrySet().stream()
                        .collect(
                            toUnmodifiableMap(
                                Map.Entry::getKey, entry -> numbers(entry.getValue())))));
  }

  private static Map<String, BigDecimal> numbers(JsonNode node) {
    if (node.isNumber()) {
      return Map.of("*", node.decimalValue());
    }
    if (!node.isObject() || node.isEmpty()) {
      throw new IllegalArgumentException("neither a number nor numbers");
    }
    return node.properties().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> number(entry.getValue())));
  }

  private static BigDecimal number(JsonNode node) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("no number");
    }
    return node.decimalValue();
  }
}
