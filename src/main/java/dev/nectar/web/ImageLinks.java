package dev.nectar.web;

import dev.nectar.image.ImageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links to images that need no key. */
public interface ImageLinks {

  /** Whether there can be any. */
  boolean areOn();

  /**
   * The link to an image.
   *
   * @param expiry when it ends, to the second; null: never
   * @param request which asks for the link
   * @throws dev.nectar.image.InvalidImageRequestException if the prompt does not fit into a URL
   */
  String to(ImageRequest image, @Nullable Instant expiry, HttpServletRequest request);

  /**
   * What of a URL follows the server's own, if it leads to one of its images.
   *
   * @param request tells by which name the client knows the server
   */
  Optional<String> target(String url, HttpServletRequest request);

  /** The very link that this request came by. */
  String again(HttpServletRequest request);

  /** The link for whoever has the key: signed where that can be, otherwise without host and key. */
  String forKeyHolder(ImageRequest image, HttpServletRequest request);
}
