package dev.nectar.openai;

import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.image.RequestInputs;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /v1/images/generations} asks for. Whatever is not known is tolerated.
 *
 * @param first the first of the images
 * @param count of the images, with successive seeds
 * @param seedNamed whether the client had a word about the seed
 * @param streamed whether the images are to come as events
 * @param event the name of those
 */
record ImagesOrder(
    ImageRequest first,
    int count,
    boolean seedNamed,
    ResponseForm form,
    boolean streamed,
    String event) {

  private static final String GENERATED = "image_generation.completed";
  private static final String EDITED = "image_edit.completed";

  /** Some clients know no integers. */
  private static final Pattern COUNT = Pattern.compile("(10|[1-9])(\\.0+)?");

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})[xX*]([0-9]{1,5})");
  private static final String AUTO = "auto";

  /** Where that is a value as any other. */
  private static final Set<String> TOLD = Set.of("prompt", "quality", "background");

  private static final Pattern PARTIAL_IMAGES = Pattern.compile("[0-3](\\.0+)?");

  /**
   * Reads the members of a body.
   *
   * @param model that the path names, whatever the body does
   * @throws InvalidImageRequestException if one that is known is out of bounds
   */
  static ImagesOrder of(
      Map<String, @Nullable Object> body, Optional<String> model, RandomGenerator random) {
    var size = size(text(body, "size"));
    var first =
        ImageRequest.of(
            text(body, "prompt"),
            name ->
                switch (name) {
                  case "width" -> size == null ? null : size.width();
                  case "height" -> size == null ? null : size.height();
                  case "model" -> model.isPresent() ? model.get() : body.get(name);
                  default -> body.get(name);
                },
            random);
    var seed = text(body, "seed");
    checkPartialImages(text(body, "partial_images"));
    return new ImagesOrder(
        first,
        count(text(body, "n")),
        seed != null && !seed.isEmpty(),
        ResponseForm.of(text(body, "response_format"), first.model()),
        streamed(body.get("stream")),
        GENERATED);
  }

  /**
   * Reads the texts of an order for edits, of which {@code auto} leaves each to the server.
   *
   * @param model that the path names, whatever the texts do
   * @throws InvalidImageRequestException if one that is known is out of bounds
   */
  static ImagesOrder ofEdit(
      Map<String, @Nullable Object> texts, Optional<String> model, RandomGenerator random) {
    var named = new HashMap<String, @Nullable Object>(texts);
    named
        .entrySet()
        .removeIf(text -> AUTO.equals(text.getValue()) && !TOLD.contains(text.getKey()));
    return of(named, model, random).edit();
  }

  private ImagesOrder edit() {
    return new ImagesOrder(first, count, seedNamed, form, streamed, EDITED);
  }

  /** The images, but for their seeds and what they are made from. */
  List<ImageRequest> each() {
    return Collections.nCopies(count, first);
  }

  ImagesOrder from(RequestInputs inputs) {
    return new ImagesOrder(first.withInputs(inputs), count, seedNamed, form, streamed, event);
  }

  private static @Nullable String text(Map<String, @Nullable Object> body, String name) {
    return ImageRequest.text(body::get, name);
  }

  private static int count(@Nullable String text) {
    if (text == null) {
      return 1;
    }
    var number = COUNT.matcher(text);
    if (!number.matches()) {
      throw invalid("n", "must be an integer from 1 to 10");
    }
    return Integer.parseInt(number.group(1));
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

  private static boolean streamed(@Nullable Object stream) {
    return switch (stream) {
      case null -> false;
      case Boolean on -> on;
      case String form when form.equals("true") || form.equals("false") -> form.equals("true");
      default -> throw invalid("stream", "must be true or false");
    };
  }

  /** Nobody has to send any. */
  private static void checkPartialImages(@Nullable String text) {
    if (text != null && !PARTIAL_IMAGES.matcher(text).matches()) {
      throw invalid("partial_images", "must be an integer from 0 to 3");
    }
  }

  private static InvalidImageRequestException invalid(String name, String demand) {
    return new InvalidImageRequestException(name, "The parameter '%s' %s.".formatted(name, demand));
  }
}
