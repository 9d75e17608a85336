package dev.nectar.backend;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a back end says that a picture took: tokens, and with some the cost.
 *
 * @param numbers from 0 to 10<sup>12</sup>, each by its JSON pointer in the object {@code usage}
 *     (RFC 6901)
 */
public record Usage(Map<String, BigDecimal> numbers) {

  private static final int MAX_NUMBERS = 50;
  private static final int MAX_DEPTH = 3;

  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_SCALE = 1_000;

  /** Whatever is more would not be a count or a cost. */
  private static final BigDecimal MAX_NUMBER = new BigDecimal("1000000000000");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,6})?");

  public Usage {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  /**
   * Reads the object; empty if it tells nothing.
   *
   * @param object its numbers may be texts
   */
  public static Optional<Usage> of(JsonNode object) {
    var numbers = new LinkedHashMap<String, BigDecimal>();
    collect("", object, 0, numbers);
    return numbers.isEmpty() ? Optional.empty() : Optional.of(new Usage(numbers));
  }

  private static void collect(
      String pointer, JsonNode node, int depth, Map<String, BigDecimal> numbers) {
    if (node.isObject() && depth < MAX_DEPTH) {
      node.properties()
          .forEach(member ->
              collect(
                  pointer + "/" + escaped(member.getKey()), member.getValue(), depth + 1, numbers));
    } else if (depth > 0 && numbers.size() < MAX_NUMBERS) {
      number(node.asString("")).ifPresent(number -> numbers.put(pointer, number));
    }
  }

  private static Optional<BigDecimal> number(String text) {
    if (text.length() > MAX_LENGTH || !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(text);
    if (number.compareTo(MAX_NUMBER) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        number.scale() > MAX_SCALE ? number.setScale(MAX_SCALE, RoundingMode.HALF_UP) : number);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** In money; empty if it is not told. */
  public Optional<BigDecimal> cost() {
    return Optional.ofNullable(numbers.get("/cost"));
  }

  /** Of both together. */
  public Usage plus(Usage other) {
    var sum = new LinkedHashMap<>(numbers);
    other.numbers.forEach((pointer, number) -> sum.merge(pointer, number, BigDecimal::add));
    return new Usage(sum);
  }
}
