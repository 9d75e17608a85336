package dev.nectar.image;

/** PNG, third edition, 5.3: chunks of length, type, data and checksum, IEND the last of them. */
final class PngEnd extends ImageEnd {

  private static final int SIGNATURE = 8;
  private static final int CHECKSUM = 4;
  private static final int IEND = 0x49454e44;

  PngEnd() {
    await(SIGNATURE, 8);
  }

  @Override
  void take(long lengthAndType) {
    var rest = (lengthAndType >>> 32) + CHECKSUM;
    if ((int) lengthAndType == IEND) {
      endAfter(rest);
    } else {
      await(rest, 8);
    }
  }
}
