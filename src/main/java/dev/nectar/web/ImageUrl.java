package dev.nectar.web;

import dev.nectar.image.ImageRequest;
import java.util.List;

/** Where a request's image is to be had, relative to this server and without a key. */
final class ImageUrl {

  private ImageUrl() {}

  static String of(ImageRequest image) {
    return SignedForm.of(
        RawTarget.PROMPT_PATH, image.prompt(), List.copyOf(image.parameters().entrySet()));
  }
}
