package dev.nectar.image;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may ask for beside prompt, size, model and seed, in the order in which cache keys
 * hold it.
 */
public enum ExtraParameter {
  QUALITY(Kind.TOKEN),
  BACKGROUND(Kind.TOKEN),
  OUTPUT_FORMAT(Kind.TOKEN),
  STYLE(Kind.TOKEN),
  NEGATIVE_PROMPT(Kind.TEXT),
  GUIDANCE_SCALE(Kind.NUMBER),
  ENHANCE(Kind.SWITCH);

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NUMBER = Pattern.compile("[0-9.eE+-]{1,32}");
  private static final int MAX_NUMBER = 100;

  /** So many digits after the point count. */
  private static final int PRECISION = 3;

  private enum Kind {
    TOKEN,
    TEXT,
    NUMBER,
    SWITCH
  }

  private final Kind kind;

  ExtraParameter(Kind kind) {
    this.kind = kind;
  }

  /** As clients and back ends write it. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether back ends are told of it. */
  boolean isSent() {
    return kind != Kind.SWITCH;
  }

  /** The value as it is sent. */
  Object sent(String canonical) {
    return kind == Kind.NUMBER ? new BigDecimal(canonical) : canonical;
  }

  /**
   * The one way to write a value; null if there is none.
   *
   * @throws InvalidImageRequestException if it is out of bounds
   */
  @Nullable String read(Function<String, ? extends @Nullable Object> parameters) {
    var text =
        kind == Kind.SWITCH && parameters.apply(parameter()) instanceof Boolean on
            ? on.toString()
            : ImageRequest.text(parameters, parameter());
    if (text == null || text.isBlank()) {
      return null;
    }
    return switch (kind) {
      case TOKEN -> token(text);
      case TEXT -> ImageRequest.prompt(parameter(), text);
      case NUMBER -> number(text);
      case SWITCH -> onOrOff(text);
    };
  }

  private String token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw invalid("a word of at most 64 letters, digits, dots, hyphens and underscores");
    }
    return text;
  }

  private String number(String text) {
    try {
      var value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      if (0 <= value && value <= MAX_NUMBER) {
        var units = Math.round(value * Math.pow(10, PRECISION));
        return BigDecimal.valueOf(units, PRECISION).stripTrailingZeros().toPlainString();
      }
    } catch (NumberFormatException e) {
      // reported below, together with what is out of range
    }
    throw invalid("a number from 0 to " + MAX_NUMBER);
  }

  private String onOrOff(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> "true";
      case "false" -> "false";
      default -> throw invalid("true or false");
    };
  }

  private InvalidImageRequestException invalid(String expectation) {
    return new InvalidImageRequestException(
        parameter(), "The parameter '%s' must be %s.".formatted(parameter(), expectation));
  }
}
