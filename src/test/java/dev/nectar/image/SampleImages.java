package dev.nectar.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Random;

/** Bytes that open like an image and go on at random. */
public final class SampleImages {

  private SampleImages() {}

  public static byte[] bytes(ImageFormat format, int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    var head = head(format).getBytes(ISO_8859_1);
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  public static byte[] png(int length, long seed) {
    return bytes(ImageFormat.PNG, length, seed);
  }

  public static StagedImage stage(StagingArea area, byte[] bytes) throws IOException {
    try (var sink = area.open()) {
      sink.write(bytes);
      return sink.finish();
    }
  }

  private static String head(ImageFormat format) {
    return switch (format) {
      case PNG -> "\u0089PNG\r\n\u001a\n";
      case JPEG -> "\u00ff\u00d8\u00ff";
      case WEBP -> "RIFF\0\0\0\0WEBP";
      case GIF -> "GIF89a";
      case AVIF -> "\0\0\0\u001cftypmif1\0\0\0\0mif1avifmiaf";
    };
  }
}
