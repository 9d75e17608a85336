package dev.nectar.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param prompt 1 to 32,000 code points, not blank, exactly as the client wrote it
 * @param size in pixels; null: left to the back end
 * @param model as the client named it; null: left to the proxy
 * @param seed 0 to 2147483647
 * @param seedDrawn whether the client left the seed to chance
 * @param extras all else that decides what is painted
 * @param inputs what it is to be made from
 */
public record ImageRequest(
    String prompt,
    @Nullable ImageSize size,
    @Nullable String model,
    int seed,
    boolean seedDrawn,
    ImageExtras extras,
    RequestInputs inputs) {

  public static final int MAX_PROMPT_LENGTH = 32_000;
  public static final int DEFAULT_SEED = 42;
  public static final int MAX_MODEL_LENGTH = 200;

  private static final int DEFAULT_EDGE = 1024;

  /** A request without inputs. */
  public ImageRequest(
      String prompt,
      @Nullable ImageSize size,
      @Nullable String model,
      int seed,
      boolean seedDrawn,
      ImageExtras extras) {
    this(prompt, size, model, seed, seedDrawn, extras, RequestInputs.NONE);
  }

  /** A request without extras and inputs. */
  public ImageRequest(
      String prompt,
      @Nullable ImageSize size,
      @Nullable String model,
      int seed,
      boolean seedDrawn) {
    this(prompt, size, model, seed, seedDrawn, ImageExtras.NONE);
  }

  /**
   * Reads the parameters {@code width}, {@code height}, {@code model}, {@code seed} and the extra
   * ones, each null or empty where it was not given.
   *
   * @throws InvalidImageRequestException if the prompt or a parameter is out of bounds
   */
  public static ImageRequest of(
      @Nullable String prompt,
      Function<String, ? extends @Nullable Object> parameters,
      RandomGenerator random) {
    var seed = integer(parameters, "seed", -1, Long.MAX_VALUE);
    var drawn = seed != null && seed == -1;
    return new ImageRequest(
        prompt("prompt", prompt),
        size(parameters),
        model(parameters),
        drawn ? drawSeed(random) : seed == null ? DEFAULT_SEED : inRange(seed),
        drawn,
        ImageExtras.of(parameters));
  }

  /** Any seed, one as likely as the other. */
  public static int drawSeed(RandomGenerator random) {
    return random.nextInt(0, Integer.MAX_VALUE);
  }

  /** Pages send the time in milliseconds. */
  private static int inRange(long seed) {
    return (int) (seed & Integer.MAX_VALUE);
  }

  /** The same request with another seed, which was come by in the same way. */
  public ImageRequest withSeed(int other) {
    return new ImageRequest(prompt, size, model, other, seedDrawn, extras, inputs);
  }

  /** The same request, to be made from these. */
  public ImageRequest withInputs(RequestInputs others) {
    return new ImageRequest(prompt, size, model, seed, seedDrawn, extras, others);
  }

  /** All but the prompt, as the parameters of a link. */
  public Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    if (size != null) {
      parameters.put("width", Integer.toString(size.width()));
      parameters.put("height", Integer.toString(size.height()));
    }
    if (model != null) {
      parameters.put("model", model);
    }
    parameters.put("seed", Integer.toString(seed));
    parameters.putAll(extras.texts());
    parameters.putAll(inputs.parameters());
    return parameters;
  }

  static String prompt(String name, @Nullable String prompt) {
    if (prompt == null || prompt.isBlank()) {
      throw new InvalidImageRequestException(name, "The %s is empty.".formatted(name));
    }
    if (prompt.codePointCount(0, prompt.length()) > MAX_PROMPT_LENGTH) {
      throw new InvalidImageRequestException(
          name, "The %s is longer than %,d characters.".formatted(name, MAX_PROMPT_LENGTH));
    }
    return wellFormed(name, prompt);
  }

  private static @Nullable ImageSize size(Function<String, ? extends @Nullable Object> parameters) {
    var width = integer(parameters, "width", ImageSize.MIN_EDGE, ImageSize.MAX_EDGE);
    var height = integer(parameters, "height", ImageSize.MIN_EDGE, ImageSize.MAX_EDGE);
    if (width == null && height == null) {
      return null;
    }
    return new ImageSize(
        width == null ? DEFAULT_EDGE : width.intValue(),
        height == null ? DEFAULT_EDGE : height.intValue());
  }

  private static @Nullable String model(Function<String, ? extends @Nullable Object> parameters) {
    var model = text(parameters, "model");
    if (model == null || model.isBlank()) {
      return null;
    }
    if (model.length() > MAX_MODEL_LENGTH) {
      throw new InvalidImageRequestException(
          "model",
          "The parameter 'model' is longer than %d characters.".formatted(MAX_MODEL_LENGTH));
    }
    return wellFormed("model", model);
  }

  private static @Nullable Long integer(
      Function<String, ? extends @Nullable Object> parameters, String name, long min, long max) {
    var text = text(parameters, name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      var value = Long.parseLong(text);
      if (min <= value && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // reported below, together with what is out of range
    }
    throw new InvalidImageRequestException(
        name, "The parameter '%s' must be an integer from %d to %d.".formatted(name, min, max));
  }

  /**
   * A parameter as text.
   *
   * @throws InvalidImageRequestException if it is neither a text nor a number
   */
  public static @Nullable String text(
      Function<String, ? extends @Nullable Object> parameters, String name) {
    return switch (parameters.apply(name)) {
      case null -> null;
      case String text -> text;
      case Number number -> number.toString();
      default ->
          throw new InvalidImageRequestException(
              name, "The parameter '%s' is neither a text nor a number.".formatted(name));
    };
  }

  /** A lone surrogate has no UTF-8 form: it could neither be sent nor told apart from another. */
  private static String wellFormed(String name, String text) {
    if (text.codePoints()
        .anyMatch(c -> Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE)) {
      throw new InvalidImageRequestException(
          name, "The %s is not well-formed Unicode.".formatted(name));
    }
    return text;
  }
}
