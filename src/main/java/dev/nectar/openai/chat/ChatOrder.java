package dev.nectar.openai.chat;

import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code POST /v1/chat/completions} asks for. Whatever is not known is ignored.
 *
 * @param first the first of the images
 * @param count of the images, one a choice, with successive seeds
 * @param seedNamed whether the client had a word about the seed
 * @param inputs what they are to be made from
 * @param streamed whether events are wanted
 * @param usageTold whether the last of them is to tell the usage
 */
record ChatOrder(
    ImageRequest first,
    int count,
    boolean seedNamed,
    ChatMessages.Inputs inputs,
    boolean streamed,
    boolean usageTold) {

  private static final int MAX_COUNT = 10;

  /**
   * Reads a body.
   *
   * @param model that the path names, whatever the body does
   * @throws InvalidImageRequestException if there is no prompt, or a parameter is out of bounds
   */
  static ChatOrder of(JsonNode body, Optional<String> model, RandomGenerator random) {
    var messages = ChatMessages.of(body);
    var size = size(body.path("size"));
    var first =
        ImageRequest.of(
            messages.prompt(),
            name ->
                switch (name) {
                  case "width" -> size == null ? scalar(body, name) : Integer.valueOf(size.width());
                  case "height" ->
                      size == null ? scalar(body, name) : Integer.valueOf(size.height());
                  case "model" -> model.isPresent() ? model.get() : scalar(body, name);
                  default -> scalar(body, name);
                },
            random);
    return new ChatOrder(
        first,
        count(body.path("n")),
        scalar(body, "seed") != null,
        messages.inputs(),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false));
  }

  ChatOrder from(RequestInputs named) {
    return new ChatOrder(first.withInputs(named), count, seedNamed, inputs, streamed, usageTold);
  }

  /** What is neither a text nor a number belongs to other models. */
  private static @Nullable Object scalar(JsonNode body, String name) {
    var value = body.path(name);
    if (value.isNumber()) {
      return value.numberValue();
    }
    return value.isString() ? value.asString() : null;
  }

  private static @Nullable ImageSize size(JsonNode value) {
    var text = value.asString("");
    if (text.isBlank() || text.equals("auto")) {
      return null;
    }
    return ImageSize.parse(text.replace('*', 'x'))
        .filter(size -> ImageSize.isEdge(size.width()) && ImageSize.isEdge(size.height()))
        .orElseThrow(() ->
            new InvalidImageRequestException(
                "size",
                "The parameter 'size' must be 'auto' or WIDTHxHEIGHT, each from %d to %d."
                    .formatted(ImageSize.MIN_EDGE, ImageSize.MAX_EDGE)));
  }

  private static int count(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return 1;
    }
    var count = value.asDouble(0);
    if (count != Math.rint(count) || count < 1 || count > MAX_COUNT) {
      throw new InvalidImageRequestException(
          "n", "The parameter 'n' must be an integer from 1 to %d.".formatted(MAX_COUNT));
    }
    return (int) count;
  }
}
