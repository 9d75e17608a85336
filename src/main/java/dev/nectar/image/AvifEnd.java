package dev.nectar.image;

/**
 * ISO/IEC 14496-12, 4.2: boxes of size, type and content. The image is whole with its description
 * and the first box of data, in either order.
 */
final class AvifEnd extends ImageEnd {

  private static final int HEADER = 8;
  private static final int TO_THE_END_OF_THE_FILE = 0;
  private static final int SIZE_FOLLOWS = 1;
  private static final int META = 0x6d657461;
  private static final int MOOV = 0x6d6f6f76;
  private static final int MDAT = 0x6d646174;

  private boolean inLargeHeader;
  private boolean described;
  private boolean hasData;

  AvifEnd() {
    await(0, HEADER);
  }

  @Override
  void take(long value) {
    if (inLargeHeader) {
      inLargeHeader = false;
      passContent(value - 2 * HEADER);
      return;
    }
    switch ((int) value) {
      case META, MOOV -> described = true;
      case MDAT -> hasData = true;
      default -> {}
    }
    var size = value >>> 32;
    if (size == TO_THE_END_OF_THE_FILE) {
      endAfter(0);
    } else if (size == SIZE_FOLLOWS) {
      inLargeHeader = true;
      await(0, HEADER);
    } else {
      passContent(size - HEADER);
    }
  }

  private void passContent(long size) {
    var content = Math.max(size, 0);
    if (described && hasData) {
      endAfter(content);
    } else {
      await(content, HEADER);
    }
  }
}
