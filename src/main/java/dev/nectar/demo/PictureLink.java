package dev.nectar.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.demo.painting.Picture;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A picture as the query of a URL: nothing need be kept for a link to stay good. */
final class PictureLink {

  private PictureLink() {}

  static String query(Picture picture) {
    return "width=%d&height=%d&seed=%d&prompt=%s"
        .formatted(
            picture.width(),
            picture.height(),
            picture.seed(),
            URLEncoder.encode(picture.prompt(), UTF_8));
  }

  /** Empty if it is no link that was given out. */
  static Optional<Picture> read(URI link) {
    try {
      var values = values(Optional.ofNullable(link.getRawQuery()).orElse(""));
      return Optional.of(
          new Picture(
              values.getOrDefault("prompt", ""),
              Integer.parseInt(values.getOrDefault("width", "")),
              Integer.parseInt(values.getOrDefault("height", "")),
              Long.parseLong(values.getOrDefault("seed", ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> values(String query) {
    var values = new HashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return values;
  }
}
