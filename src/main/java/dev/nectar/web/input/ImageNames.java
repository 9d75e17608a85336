package dev.nectar.web.input;

import dev.nectar.image.InvalidImageRequestException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How clients name pictures in parameters and members. */
public final class ImageNames {

  /** A comma may also be part of a URL. */
  private static final Pattern SEPARATOR =
      Pattern.compile(
          "\\||,(?=\\s*(?:[a-z][a-z0-9+.-]*://|data:|sha256:))", Pattern.CASE_INSENSITIVE);

  private ImageNames() {}

  /**
   * The names that a value holds: a text, an object with a URL as OpenAI has it, or a list of them.
   *
   * @throws InvalidImageRequestException if it is anything else
   */
  public static List<String> of(String parameter, @Nullable Object value) {
    return names(parameter, value).toList();
  }

  private static Stream<String> names(String parameter, @Nullable Object value) {
    return switch (value) {
      case null -> Stream.empty();
      case String text ->
          Arrays.stream(SEPARATOR.split(text)).map(String::strip).filter(name -> !name.isEmpty());
      case Collection<?> list -> list.stream().flatMap(each -> names(parameter, each));
      case Map<?, ?> image when image.get("image_url") != null ->
          names(parameter, image.get("image_url"));
      case Map<?, ?> image when image.get("url") != null -> names(parameter, image.get("url"));
      default ->
          throw new InvalidImageRequestException(
              parameter,
              "The parameter '%s' is neither a URL nor a list of URLs.".formatted(parameter));
    };
  }
}
