package dev.nectar.openai;

import dev.nectar.image.InvalidImageRequestException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which form a client wants its pictures. */
enum ResponseForm {
  BYTES,
  LINK,
  /**
   * For clients of models that answer with links by default; a link alone where there is no way.
   */
  BOTH;

  private static final Set<String> LINKING_MODELS = Set.of("dall-e-2", "dall-e-3");

  /**
   * Reads a client's {@code response_format}.
   *
   * @param format null: left to the server
   * @param model null: left to the server
   */
  static ResponseForm of(@Nullable String format, @Nullable String model) {
    return switch (format) {
      case "b64_json" -> BYTES;
      case "url" -> LINK;
      case null -> model == null || LINKING_MODELS.contains(model) ? BOTH : BYTES;
      default ->
          throw new InvalidImageRequestException(
              "response_format", "The parameter 'response_format' must be 'b64_json' or 'url'.");
    };
  }

  boolean hasBytes() {
    return this != LINK;
  }

  boolean hasLink() {
    return this != BYTES;
  }
}
