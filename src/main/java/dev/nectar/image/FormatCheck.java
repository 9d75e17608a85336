package dev.nectar.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Learns from bytes as they go by which format they are and whether the image is whole. */
final class FormatCheck {

  private final byte[] head = new byte[ImageFormat.HEAD_LENGTH];
  private int headLength;
  private @Nullable ImageFormat format;
  private @Nullable ImageEnd end;

  /**
   * @throws NotAnImageException as soon as it is certain that these are the bytes of no known
   *     format
   */
  void pass(byte[] bytes, int offset, int length) throws NotAnImageException {
    var taken = Math.min(length, head.length - headLength);
    System.arraycopy(bytes, offset, head, headLength, taken);
    headLength += taken;
    if (headLength == head.length) {
      end().pass(bytes, offset + taken, length - taken);
    }
  }

  /**
   * The format of all that has passed.
   *
   * @throws NotAnImageException if it is none that is known
   * @throws TruncatedImageException if the format's own end was not among it
   */
  ImageFormat finish() throws NotAnImageException, TruncatedImageException {
    if (!end().isReached()) {
      throw new TruncatedImageException();
    }
    return format();
  }

  private ImageEnd end() throws NotAnImageException {
    if (end == null) {
      end = ImageEnd.of(format());
      end.pass(head, 0, headLength);
    }
    return end;
  }

  private ImageFormat format() throws NotAnImageException {
    if (format == null) {
      format =
          ImageFormat.of(Arrays.copyOf(head, headLength)).orElseThrow(NotAnImageException::new);
    }
    return format;
  }
}
