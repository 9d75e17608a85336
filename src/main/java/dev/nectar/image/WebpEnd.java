package dev.nectar.image;

/**
 * RFC 9649, 2.3 and 2.4: a RIFF header with the size of all chunks, each of type, length and data
 * padded to an even length. Some writers leave out the padding of the last one.
 */
final class WebpEnd extends ImageEnd {

  private static final int FOUR_CC = 4;
  private static final int CHUNK_HEADER = 8;

  private boolean inHeader = true;
  private long left;

  WebpEnd() {
    await(FOUR_CC, 4);
  }

  @Override
  void take(long value) {
    // The one number is little-endian, and in a chunk's header it comes last.
    var size = Integer.toUnsignedLong(Integer.reverseBytes((int) value));
    if (inHeader) {
      inHeader = false;
      left = size - FOUR_CC;
      await(FOUR_CC, CHUNK_HEADER);
      return;
    }
    var padded = size + (size & 1);
    left -= CHUNK_HEADER + padded;
    if (left < CHUNK_HEADER) {
      endAfter(size);
    } else {
      await(padded, CHUNK_HEADER);
    }
  }
}
