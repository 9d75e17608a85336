package dev.nectar.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Learns from bytes as they go by which format they are, how many pixels they tell, and whether the
 * image is whole.
 */
public final class FormatCheck {

  private static final int BUFFER_BYTES = 1 << 16;

  private final byte[] head = new byte[ImageFormat.HEAD_LENGTH];
  private int headLength;
  private @Nullable ImageStructure structure;
  private @Nullable ImageFormat format;

  /**
   * Takes the next bytes.
   *
   * @throws NotAnImageException as soon as it is certain that these are the bytes of no known
   *     format
   */
  public void pass(byte[] bytes, int offset, int length) throws NotAnImageException {
    var taken = Math.min(length, head.length - headLength);
    System.arraycopy(bytes, offset, head, headLength, taken);
    headLength += taken;
    if (headLength == head.length) {
      structure().pass(bytes, offset + taken, length - taken);
    }
  }

  /**
   * What is known by now of an image that may still lack its end, or never have one.
   *
   * @throws NotAnImageException if the format is none that is known, or does not tell the size
   */
  public ImageTraits traits() throws NotAnImageException {
    var structure = structure();
    var size = structure.size();
    if (size == null) {
      throw new NotAnImageException("an image of no size");
    }
    return new ImageTraits(
        format(), size, structure.extent(), structure.isBuffered(), structure.losslessBytes());
  }

  /**
   * Looks at what has passed so far.
   *
   * @throws ImageTooLargeException if by now a size that is out of bounds has passed
   */
  public void checkBounds() throws ImageTooLargeException {
    if (structure != null && structure.extent().isOutOfBounds()) {
      throw new ImageTooLargeException(structure.extent());
    }
  }

  /**
   * What the image is that has passed.
   *
   * @throws NotAnImageException if the format is none that is known, or does not tell the size
   * @throws TruncatedImageException if the format's own end was not among it
   * @throws ImageTooLargeException if it has too many pixels
   */
  public ImageTraits finish()
      throws NotAnImageException, TruncatedImageException, ImageTooLargeException {
    var structure = structure();
    checkBounds();
    if (!structure.isReached()) {
      throw new TruncatedImageException();
    }
    return traits();
  }

  /**
   * What the image is that these bytes are, whole or not.
   *
   * @throws NotAnImageException if the format is none that is known, or does not tell the size
   */
  public static ImageTraits read(InputStream bytes) throws IOException {
    var check = new FormatCheck();
    var buffer = new byte[BUFFER_BYTES];
    for (var length = bytes.read(buffer); length >= 0; length = bytes.read(buffer)) {
      check.pass(buffer, 0, length);
    }
    return check.traits();
  }

  private ImageStructure structure() throws NotAnImageException {
    if (structure == null) {
      structure = ImageStructure.of(format());
      structure.pass(head, 0, headLength);
    }
    return structure;
  }

  /**
   * The format that the first bytes belong to.
   *
   * @throws NotAnImageException if it is none that is known
   */
  public ImageFormat format() throws NotAnImageException {
    if (format == null) {
      format =
          ImageFormat.of(Arrays.copyOf(head, headLength)).orElseThrow(NotAnImageException::new);
    }
    return format;
  }
}
