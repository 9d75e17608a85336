package dev.nectar.image;

/**
 * PNG, third edition, 5.3: chunks of length, type, data and checksum, IEND the last of them. IHDR
 * tells the size of the whole, fcTL that of a frame.
 */
final class PngStructure extends ImageStructure {

  private static final int SIGNATURE = 8;
  private static final int CHECKSUM = 4;
  private static final int SEQUENCE_NUMBER = 4;
  private static final int SIZE = 8;
  private static final int IHDR = 0x49484452;
  private static final int FCTL = 0x6663544c;
  private static final int IEND = 0x49454e44;

  private boolean inChunk;
  private long chunkEnd;

  PngStructure() {
    await(SIGNATURE, 8);
  }

  @Override
  void take(long value) {
    if (inChunk) {
      learnSize(value >>> 32, value & 0xffffffffL);
      passChunk();
    } else {
      takeHeader(value >>> 32, (int) value);
    }
  }

  private void takeHeader(long length, int type) {
    chunkEnd = position() + length + CHECKSUM;
    if (type == IEND) {
      endAfter(length + CHECKSUM);
    } else if (type == IHDR && length >= SIZE) {
      awaitSize(0);
    } else if (type == FCTL && length >= SEQUENCE_NUMBER + SIZE) {
      awaitSize(SEQUENCE_NUMBER);
    } else {
      passChunk();
    }
  }

  private void awaitSize(long distance) {
    inChunk = true;
    await(distance, SIZE);
  }

  private void passChunk() {
    inChunk = false;
    await(chunkEnd - position(), 8);
  }
}
