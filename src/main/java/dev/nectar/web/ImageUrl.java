package dev.nectar.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.ImageRequest;
import org.springframework.web.util.UriUtils;

/** Where a request's image is to be had, relative to this server and without a key. */
final class ImageUrl {

  private ImageUrl() {}

  static String of(ImageRequest image) {
    var size = image.size();
    var model = image.model();
    return "/prompt/"
        + UriUtils.encode(image.prompt(), UTF_8)
        + "?"
        + (size == null ? "" : "width=" + size.width() + "&height=" + size.height() + "&")
        + (model == null ? "" : "model=" + UriUtils.encode(model, UTF_8) + "&")
        + "seed="
        + image.seed();
  }
}
