package dev.nectar.web;

import java.util.Arrays;

/** What names an image's bytes in {@code ETag} and what is compared with it (RFC 9110, 8.8.3). */
public final class EntityTag {

  private EntityTag() {}

  /**
   * The tag of an image.
   *
   * @param sha256 in lower-case hex
   */
  public static String of(String sha256) {
    return '"' + sha256 + '"';
  }

  /** Whether a header {@code If-Match} is met by that image. */
  public static boolean isMet(String ifMatch, String sha256) {
    var tag = of(sha256);
    return Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .anyMatch(named -> named.equals(tag) || named.equals("*"));
  }
}
