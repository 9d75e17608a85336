package dev.nectar.automatic1111;

import dev.nectar.image.ImageRequest;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code POST /sdapi/v1/txt2img} asks for. Whatever is not known is ignored.
 *
 * @param images with successive seeds
 */
record PaintingOrder(List<ImageRequest> images) {

  private static final int MAX_COUNT = 10;
  private static final int RANDOM_SEED = -1;

  /**
   * Reads a body.
   *
   * @param chosen the model, where the body names none
   * @throws InvalidImageRequestException if a parameter is out of bounds
   */
  static PaintingOrder of(JsonNode body, Optional<String> chosen, RandomGenerator random) {
    var first =
        ImageRequest.of(
            body.path("prompt").asString(""),
            name ->
                switch (name) {
                  case "width", "height", "negative_prompt" -> scalar(body.path(name));
                  case "guidance_scale" -> scalar(body.path("cfg_scale"));
                  case "model" -> model(body).or(() -> chosen).orElse(null);
                  case "seed" -> seed(body.path("seed"));
                  default -> null;
                },
            random);
    return new PaintingOrder(
        IntStream.range(0, count(body))
            .mapToObj(i -> first.withSeed((first.seed() + i) & Integer.MAX_VALUE))
            .toList());
  }

  PaintingOrder from(RequestInputs inputs) {
    return new PaintingOrder(images.stream().map(image -> image.withInputs(inputs)).toList());
  }

  /**
   * What a body wants painted from: Base64, URLs, or what is staged.
   *
   * @throws InvalidImageRequestException if it is nothing
   */
  static List<String> inputs(JsonNode body) {
    var inputs =
        body.path("init_images")
            .valueStream()
            .map(image -> image.asString(""))
            .filter(image -> !image.isBlank())
            .toList();
    if (inputs.isEmpty()) {
      throw new InvalidImageRequestException(
          "init_images", "The parameter 'init_images' names no picture.");
    }
    return inputs;
  }

  static @Nullable String mask(JsonNode body) {
    var mask = body.path("mask").asString("");
    return mask.isBlank() ? null : mask;
  }

  private static Optional<String> model(JsonNode body) {
    return Optional.of(body.path("model").asString(""))
        .filter(name -> !name.isBlank())
        .or(() -> checkpoint(body.path("override_settings")));
  }

  /** The model that settings name. */
  static Optional<String> checkpoint(JsonNode settings) {
    return Optional.of(settings.path("sd_model_checkpoint").asString(""))
        .filter(name -> !name.isBlank());
  }

  private static Object seed(JsonNode value) {
    var seed = scalar(value);
    return seed == null || seed.equals("") ? RANDOM_SEED : seed;
  }

  private static @Nullable Object scalar(JsonNode value) {
    if (value.isNumber()) {
      return whole(value);
    }
    return value.isString() ? value.asString() : null;
  }

  /** Some clients have all numbers as fractions. */
  private static Number whole(JsonNode value) {
    var integer = value.longValueOpt();
    return integer.isPresent() ? Long.valueOf(integer.getAsLong()) : value.numberValue();
  }

  private static int count(JsonNode body) {
    var count = count(body, "batch_size") * count(body, "n_iter");
    if (count > MAX_COUNT) {
      throw new InvalidImageRequestException(
          "batch_size",
          "'batch_size' times 'n_iter' is %d, and at most %d pictures are made at a time."
              .formatted(count, MAX_COUNT));
    }
    return count;
  }

  private static int count(JsonNode body, String name) {
    var value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return 1;
    }
    var count = value.asDouble(0);
    if (count != Math.rint(count) || count < 1 || count > MAX_COUNT) {
      throw new InvalidImageRequestException(
          name, "The parameter '%s' must be an integer from 1 to %d.".formatted(name, MAX_COUNT));
    }
    return (int) count;
  }
}
