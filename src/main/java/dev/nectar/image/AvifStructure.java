package dev.nectar.image;

import org.jspecify.annotations.Nullable;

/**
 * ISO/IEC 14496-12, 4.2: boxes of size, type and content, which may be boxes. The image is whole
 * with its description and the first box of data, in either order. The description tells its sizes
 * (ISO/IEC 23008-12, 6.5.3), that of the whole beside those of tiles and thumbnails; of a sequence
 * alone, each track does.
 */
final class AvifStructure extends ImageStructure {

  private static final int HEADER = 8;
  private static final int VERSION_AND_FLAGS = 4;
  private static final int SIZE = 8;
  private static final int TO_THE_END_OF_THE_FILE = 0;
  private static final int SIZE_FOLLOWS = 1;
  private static final int META = 0x6d657461;
  private static final int IPRP = 0x69707270;
  private static final int IPCO = 0x6970636f;
  private static final int ISPE = 0x69737065;
  private static final int MOOV = 0x6d6f6f76;
  private static final int TRAK = 0x7472616b;
  private static final int TKHD = 0x746b6864;
  private static final int MDAT = 0x6d646174;
  private static final int MAX_DEPTH = 5;

  private enum Field {
    HEADER,
    LARGE_SIZE,
    ITEM_SIZE,
    TRACK_SIZE
  }

  private Field awaited = Field.HEADER;
  private int type;
  private long boxEnd;
  private boolean described;
  private boolean hasData;

  /** Ends of the boxes that are being read, each in the one before. */
  private final long[] ends = new long[MAX_DEPTH];

  private int depth;

  AvifStructure() {
    await(Field.HEADER, 0);
  }

  /** Those of its parts are smaller. */
  @Override
  @Nullable ImageSize size() {
    return extent().area() == 0 ? null : extent();
  }

  @Override
  void take(long value) {
    switch (awaited) {
      case HEADER -> takeHeader(value >>> 32, (int) value);
      case LARGE_SIZE -> takeBox(value - 2 * HEADER);
      case ITEM_SIZE -> {
        learnSize(value >>> 32, value & 0xffffffffL);
        passBox();
      }
      case TRACK_SIZE -> {
        // Each with a fraction of 16 bits.
        learnSize(value >>> 48, (value >>> 16) & 0xffff);
        passBox();
      }
    }
  }

  private void takeHeader(long size, int boxType) {
    type = boxType;
    if (depth == 0) {
      described |= type == META || type == MOOV;
      hasData |= type == MDAT;
    }
    if (size == TO_THE_END_OF_THE_FILE) {
      endAfter(0);
    } else if (size == SIZE_FOLLOWS) {
      await(Field.LARGE_SIZE, 0);
    } else {
      takeBox(size - HEADER);
    }
  }

  private void takeBox(long contentSize) {
    var content = Math.clamp(contentSize, 0, Long.MAX_VALUE - position());
    boxEnd = position() + content;
    if (depth > 0 && boxEnd > ends[depth - 1]) {
      endNever();
      return;
    }
    switch (type) {
      case META -> open(VERSION_AND_FLAGS);
      case IPRP, IPCO, MOOV, TRAK -> open(0);
      case ISPE -> awaitSize(Field.ITEM_SIZE, VERSION_AND_FLAGS, content);
      case TKHD -> awaitSize(Field.TRACK_SIZE, content - SIZE, content);
      default -> passBox();
    }
  }

  private void open(int distance) {
    if (depth < MAX_DEPTH && boxEnd - position() >= distance + HEADER) {
      ends[depth++] = boxEnd;
      await(Field.HEADER, distance);
    } else {
      passBox();
    }
  }

  private void awaitSize(Field field, long distance, long content) {
    if (distance >= 0 && content >= distance + SIZE) {
      await(field, distance);
    } else {
      passBox();
    }
  }

  private void passBox() {
    while (depth > 0 && ends[depth - 1] - boxEnd < HEADER) {
      boxEnd = ends[--depth];
    }
    if (depth == 0 && described && hasData) {
      endAfter(boxEnd - position());
    } else {
      await(Field.HEADER, boxEnd - position());
    }
  }

  /** Every field has eight bytes. */
  private void await(Field field, long distance) {
    awaited = field;
    await(distance, 8);
  }
}
