package dev.nectar.image;

/**
 * ITU-T T.81, B.1: markers, most with a segment behind them that is passed over, so that the EOI of
 * a thumbnail in it does not count; and coded data, in which a zero or a restart marker follows
 * each 0xFF. Stray bytes before a marker are passed over too, as libjpeg does. SOFn tells the size;
 * it counts with the first scan, since decoders take a frame without one for mere tables.
 */
final class JpegStructure extends ImageStructure {

  private static final int PREFIX = 0xff;
  private static final int STUFFED = 0x00;
  private static final int TEM = 0x01;
  private static final int SOF0 = 0xc0;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int SOF15 = 0xcf;
  private static final int RST0 = 0xd0;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  /** Of SOFn: precision, height, width, number of components. */
  private static final int FRAME_FIELDS = 6;

  private enum Field {
    PREFIX,
    MARKER,
    SEGMENT_LENGTH,
    FRAME,
    SCAN_COMPONENTS
  }

  private Field awaited = Field.PREFIX;
  private int marker;
  private long segmentEnd;
  private long width;
  private long height;
  private int components;
  private boolean progressive;

  JpegStructure() {
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
      case PREFIX -> await(Field.MARKER, 1);
      case MARKER -> takeMarker((int) value);
      case SEGMENT_LENGTH -> takeLength(value);
      case FRAME -> takeFrame(value);
      case SCAN_COMPONENTS -> takeScan((int) value);
    }
  }

  private void takeMarker(int value) {
    marker = value;
    if (value == EOI) {
      endAfter(0);
    } else if (value == PREFIX) {
      await(Field.MARKER, 1);
    } else if (value == STUFFED || value == TEM || (RST0 <= value && value <= SOI)) {
      await(Field.PREFIX, 1);
    } else {
      await(Field.SEGMENT_LENGTH, 2);
    }
  }

  private void takeLength(long length) {
    // It counts its own two bytes.
    var content = Math.max(length - 2, 0);
    segmentEnd = position() + content;
    if (isFrame() && content >= FRAME_FIELDS) {
      await(Field.FRAME, FRAME_FIELDS);
    } else if (marker == SOS && content > 0) {
      await(Field.SCAN_COMPONENTS, 1);
    } else {
      passSegment();
    }
  }

  private boolean isFrame() {
    return SOF0 <= marker && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private void takeFrame(long fields) {
    height = (fields >>> 24) & 0xffff;
    width = (fields >>> 8) & 0xffff;
    components = (int) (fields & 0xff);
    // SOF2, 6, 10 and 14.
    progressive = (marker & 3) == 2;
    passSegment();
  }

  private void takeScan(int scanned) {
    learnSize(width, height);
    if (progressive || scanned < components) {
      learnBuffered();
    }
    passSegment();
  }

  private void passSegment() {
    awaited = Field.PREFIX;
    await(segmentEnd - position(), 1);
  }

  private void await(Field field, int length) {
    awaited = field;
    await(0, length);
  }
}
