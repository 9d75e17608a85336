package dev.nectar.image;

/**
 * GIF89a, 18 to 27: a header with a table of colours, then images, each with such a table of its
 * own, and extensions, both with their data in blocks of up to 255 bytes that an empty one ends;
 * then the trailer. Stray bytes between these are passed over. The header tells the size of the
 * whole, each image its own.
 */
final class GifStructure extends ImageStructure {

  private static final int SIGNATURE = 6;
  private static final int IMAGE_POSITION = 4;

  /** Width and height, then flags. */
  private static final int SIZE_AND_FLAGS = 5;

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;

  private enum Field {
    HEADER,
    INTRODUCER,
    IMAGE,
    BLOCK_LENGTH
  }

  private Field awaited = Field.HEADER;

  GifStructure() {
    await(SIGNATURE, SIZE_AND_FLAGS);
  }

  @Override
  void take(long value) {
    switch (awaited) {
      case HEADER -> await(Field.INTRODUCER, 2 + takeSize(value), 1);
      case INTRODUCER -> takeIntroducer((int) value);
      // The data begins with the size of its codes.
      case IMAGE -> await(Field.BLOCK_LENGTH, takeSize(value) + 1, 1);
      case BLOCK_LENGTH -> await(value == 0 ? Field.INTRODUCER : Field.BLOCK_LENGTH, value, 1);
    }
  }

  private void takeIntroducer(int introducer) {
    switch (introducer) {
      case TRAILER -> endAfter(0);
      case IMAGE -> await(Field.IMAGE, IMAGE_POSITION, SIZE_AND_FLAGS);
      // Its label comes first.
      case EXTENSION -> await(Field.BLOCK_LENGTH, 1, 1);
      default -> await(Field.INTRODUCER, 0, 1);
    }
  }

  /** The length of the table that follows, in bytes. */
  private long takeSize(long sizeAndFlags) {
    var size = Integer.reverseBytes((int) (sizeAndFlags >>> 8));
    learnSize(size & 0xffff, size >>> 16);
    return (sizeAndFlags & 0x80) == 0 ? 0 : 3L << ((sizeAndFlags & 7) + 1);
  }

  private void await(Field field, long distance, int length) {
    awaited = field;
    await(distance, length);
  }
}
