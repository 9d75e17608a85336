package dev.nectar.image;

/**
 * GIF89a, 18 to 27: a header with a table of colours, then images, each with such a table of its
 * own, and extensions, both with their data in blocks of up to 255 bytes that an empty one ends;
 * then the trailer. Stray bytes between these are passed over.
 */
final class GifEnd extends ImageEnd {

  private static final int HEADER_FLAGS = 10;
  private static final int IMAGE_FLAGS = 8;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;

  private enum Field {
    HEADER_FLAGS,
    INTRODUCER,
    IMAGE_FLAGS,
    BLOCK_LENGTH
  }

  private Field awaited = Field.HEADER_FLAGS;

  GifEnd() {
    await(HEADER_FLAGS, 1);
  }

  @Override
  void take(long value) {
    switch (awaited) {
      case HEADER_FLAGS -> await(Field.INTRODUCER, 2 + colours(value));
      case INTRODUCER -> takeIntroducer((int) value);
      // The data begins with the size of its codes.
      case IMAGE_FLAGS -> await(Field.BLOCK_LENGTH, colours(value) + 1);
      case BLOCK_LENGTH -> await(value == 0 ? Field.INTRODUCER : Field.BLOCK_LENGTH, value);
    }
  }

  private void takeIntroducer(int introducer) {
    switch (introducer) {
      case TRAILER -> endAfter(0);
      case IMAGE -> await(Field.IMAGE_FLAGS, IMAGE_FLAGS);
      // Its label comes first.
      case EXTENSION -> await(Field.BLOCK_LENGTH, 1);
      default -> await(Field.INTRODUCER, 0);
    }
  }

  /** The length of the table that follows these flags, in bytes. */
  private static long colours(long flags) {
    return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
  }

  private void await(Field field, long distance) {
    awaited = field;
    await(distance, 1);
  }
}
