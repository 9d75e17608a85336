package dev.nectar.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The image formats that are served, told by their first bytes alone. */
public enum ImageFormat {
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  WEBP("image/webp", "webp"),
  GIF("image/gif", "gif"),
  AVIF("image/avif", "avif");

  /** So many first bytes decide; an AVIF file lists its brands within them. */
  public static final int HEAD_LENGTH = 64;

  private final String mediaType;
  private final String extension;

  ImageFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Without the dot. */
  public String extension() {
    return extension;
  }

  /**
   * The format that these first bytes belong to.
   *
   * @param head up to {@link #HEAD_LENGTH} bytes from the start of a file
   */
  public static Optional<ImageFormat> of(byte[] head) {
    var text = new String(head, ISO_8859_1);
    return Arrays.stream(values()).filter(format -> format.opens(text)).findFirst();
  }

  /** The format of this media type, if it is one of them. */
  public static Optional<ImageFormat> ofMediaType(@Nullable String mediaType) {
    return Arrays.stream(values()).filter(f -> f.mediaType.equals(mediaType)).findFirst();
  }

  private boolean opens(String head) {
    return switch (this) {
      case PNG -> head.startsWith("\u0089PNG\r\n\u001a\n");
      case JPEG -> head.startsWith("\u00ff\u00d8\u00ff");
      case WEBP -> head.startsWith("RIFF") && head.startsWith("WEBP", 8);
      case GIF -> head.startsWith("GIF87a") || head.startsWith("GIF89a");
      case AVIF -> head.startsWith("ftyp", 4) && hasAvifBrand(head);
    };
  }

  /** ISO/IEC 14496-12: box size, "ftyp", major brand, minor version, compatible brands. */
  private static boolean hasAvifBrand(String head) {
    for (var at = 8; at + 4 <= head.length() && at < head.charAt(3); at += 4) {
      if (head.startsWith("avif", at) || head.startsWith("avis", at)) {
        return true;
      }
    }
    return false;
  }
}
