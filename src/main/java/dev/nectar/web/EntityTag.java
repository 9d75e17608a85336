package dev.nectar.web;

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
}
