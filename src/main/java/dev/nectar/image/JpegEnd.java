package dev.nectar.image;

/**
 * ITU-T T.81, B.1: markers, most with a segment behind them that is passed over, so that the EOI of
 * a thumbnail in it does not count; and coded data, in which a zero or a restart marker follows
 * each 0xFF. Stray bytes before a marker are passed over too, as libjpeg does.
 */
final class JpegEnd extends ImageEnd {

  private static final int PREFIX = 0xff;
  private static final int STUFFED = 0x00;
  private static final int TEM = 0x01;
  private static final int RST0 = 0xd0;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;

  private enum Field {
    PREFIX,
    MARKER,
    SEGMENT_LENGTH
  }

  private Field awaited = Field.PREFIX;

  JpegEnd() {
    await(0, 1);
  }

  @Override
  int find(byte[] bytes, int from, int end) {
    var at = from;
    if (awaited == Field.PREFIX) {
      while (at < end && bytes[at] != (byte) PREFIX) {
        at++;
      }
    }
    return at;
  }

  @Override
  void take(long value) {
    switch (awaited) {
      case PREFIX -> await(Field.MARKER, 0, 1);
      case MARKER -> takeMarker((int) value);
      // The length counts its own two bytes.
      case SEGMENT_LENGTH -> await(Field.PREFIX, Math.max(value - 2, 0), 1);
    }
  }

  private void takeMarker(int marker) {
    if (marker == EOI) {
      endAfter(0);
    } else if (marker == PREFIX) {
      await(Field.MARKER, 0, 1);
    } else if (marker == STUFFED || marker == TEM || (RST0 <= marker && marker <= SOI)) {
      await(Field.PREFIX, 0, 1);
    } else {
      await(Field.SEGMENT_LENGTH, 0, 2);
    }
  }

  private void await(Field field, long distance, int length) {
    awaited = field;
    await(distance, length);
  }
}
