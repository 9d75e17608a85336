package dev.nectar.image;

/**
 * RFC 9649, 2.3 to 2.7: a RIFF header with the size of all chunks, each of type, length and data
 * padded to an even length. Some writers leave out the padding of the last one. VP8X, each ANMF,
 * which holds chunks itself, and each bitstream tell a size of their own.
 */
final class WebpStructure extends ImageStructure {

  private static final int FOUR_CC = 4;
  private static final int CHUNK_HEADER = 8;
  private static final int VP8X = 0x56503858;
  private static final int ANMF = 0x414e4d46;
  private static final int ALPH = 0x414c5048;
  private static final int VP8 = 0x56503820;
  private static final int VP8L = 0x5650384c;
  private static final int VP8_START_CODE = 0x2a019d;
  private static final int VP8L_SIGNATURE = 0x2f;

  private enum Field {
    RIFF_SIZE(4),
    CHUNK(CHUNK_HEADER),
    /** Width and height, each less one and of three bytes. */
    CANVAS(6),
    FRAME(6),
    /** Start code, width and height, both with two bits of scaling. */
    VP8(7),
    /** Signature, then width and height, each less one and of 14 bits. */
    VP8L(5);

    private final int length;

    Field(int length) {
      this.length = length;
    }
  }

  private Field awaited = Field.RIFF_SIZE;
  private long riffEnd;
  private long chunkEnd;

  /** Of the ANMF that is being read; zero if it is none. */
  private long frameEnd;

  private boolean hasLossy;
  private long losslessBytes;

  WebpStructure() {
    await(Field.RIFF_SIZE, FOUR_CC);
  }

  @Override
  void take(long value) {
    var fields = Long.reverseBytes(value) >>> (Long.SIZE - Byte.SIZE * awaited.length);
    switch (awaited) {
      case RIFF_SIZE -> {
        riffEnd = position() + fields;
        await(Field.CHUNK, FOUR_CC);
      }
      case CHUNK -> takeChunk((int) (value >>> 32), fields >>> 32);
      case CANVAS -> {
        learnSize(1 + (fields & 0xffffff), 1 + (fields >>> 24));
        passChunk();
      }
      case FRAME -> {
        learnSize(1 + (fields & 0xffffff), 1 + (fields >>> 24));
        frameEnd = chunkEnd;
        chunkEnd = position() + 4;
        passChunk();
      }
      case VP8 -> {
        if ((fields & 0xffffff) == VP8_START_CODE) {
          learnSize((fields >>> 24) & 0x3fff, (fields >>> 40) & 0x3fff);
        }
        passChunk();
      }
      case VP8L -> {
        if ((fields & 0xff) == VP8L_SIGNATURE) {
          learnSize(1 + ((fields >>> 8) & 0x3fff), 1 + ((fields >>> 22) & 0x3fff));
        }
        passChunk();
      }
    }
  }

  @Override
  long losslessBytes() {
    return hasLossy ? losslessBytes : 0;
  }

  private void takeChunk(int type, long size) {
    chunkEnd = position() + size;
    if (frameEnd > 0 && chunkEnd > frameEnd) {
      endNever();
      return;
    }
    if (type == VP8L || type == ALPH) {
      learnBuffered();
      losslessBytes += size;
    }
    hasLossy |= type == VP8;
    if (type == VP8X && size >= 10) {
      await(Field.CANVAS, 4);
    } else if (type == ANMF && size >= 16 && frameEnd == 0) {
      await(Field.FRAME, 6);
    } else if (type == VP8 && size >= 10) {
      await(Field.VP8, 3);
    } else if (type == VP8L && size >= 5) {
      await(Field.VP8L, 0);
    } else {
      passChunk();
    }
  }

  private void passChunk() {
    if (frameEnd > 0 && frameEnd - padded(chunkEnd) < CHUNK_HEADER) {
      chunkEnd = frameEnd;
      frameEnd = 0;
    }
    if (frameEnd == 0 && riffEnd - padded(chunkEnd) < CHUNK_HEADER) {
      endAfter(chunkEnd - position());
    } else {
      await(Field.CHUNK, padded(chunkEnd) - position());
    }
  }

  /** Every chunk begins at an even position. */
  private static long padded(long end) {
    return end + (end & 1);
  }

  private void await(Field field, long distance) {
    awaited = field;
    await(distance, field.length);
  }
}
