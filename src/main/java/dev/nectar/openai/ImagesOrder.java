package dev.nectar.openai;

import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.InvalidImageRequestException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /v1/images/generations} asks for. Whatever is not known is tolerated.
 *
 * @param images one a picture, with successive seeds
 * @param linked whether links are wanted instead of bytes
 */
record ImagesOrder(List<ImageRequest> images, boolean linked) {

  private static final Pattern COUNT = Pattern.compile("[1-4]");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

  /**
   * Reads the members of a body.
   *
   * @throws InvalidImageRequestException if one that is known is out of bounds
   */
  static ImagesOrder of(Map<String, @Nullable Object> body, RandomGenerator random) {
    if (Boolean.TRUE.equals(body.get("stream"))) {
      throw invalid("stream", "must be false: images come in one piece");
    }
    var size = size(text(body, "size"));
    var first =
        ImageRequest.of(
            text(body, "prompt"),
            name ->
                switch (name) {
                  case "width" -> size == null ? null : size.width();
                  case "height" -> size == null ? null : size.height();
                  default -> body.get(name);
                },
            random);
    var count = count(text(body, "n"));
    return new ImagesOrder(
        IntStream.range(0, count).mapToObj(i -> first.withSeed(seed(first.seed(), i))).toList(),
        linked(text(body, "response_format")));
  }

  private static @Nullable String text(Map<String, @Nullable Object> body, String name) {
    return ImageRequest.text(body::get, name);
  }

  private static int count(@Nullable String text) {
    if (text == null) {
      return 1;
    }
    if (!COUNT.matcher(text).matches()) {
      throw invalid("n", "must be an integer from 1 to 4");
    }
    return Integer.parseInt(text);
  }

  private static @Nullable ImageSize size(@Nullable String text) {
    if (text == null || text.isBlank() || text.equals("auto")) {
      return null;
    }
    var edges = SIZE.matcher(text);
    if (edges.matches()) {
      var width = Integer.parseInt(edges.group(1));
      var height = Integer.parseInt(edges.group(2));
      if (ImageSize.isEdge(width) && ImageSize.isEdge(height)) {
        return new ImageSize(width, height);
      }
    }
    throw invalid(
        "size",
        "must be 'auto' or WIDTHxHEIGHT, each from %d to %d"
            .formatted(ImageSize.MIN_EDGE, ImageSize.MAX_EDGE));
  }

  /** After the last seed comes the first. */
  private static int seed(int first, int step) {
    return (first + step) & Integer.MAX_VALUE;
  }

  private static boolean linked(@Nullable String format) {
    return switch (format) {
      case "b64_json" -> false;
      case "url" -> true;
      case null -> false;
      default -> throw invalid("response_format", "must be 'b64_json' or 'url'");
    };
  }

  private static InvalidImageRequestException invalid(String name, String demand) {
    return new InvalidImageRequestException(name, "The parameter '%s' %s.".formatted(name, demand));
  }
}
