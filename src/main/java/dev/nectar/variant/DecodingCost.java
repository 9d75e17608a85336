package dev.nectar.variant;

import dev.nectar.image.ImageTraits;

/**
 * What it takes to decode an image, in bytes, measured on the decoders of the JDK and of
 * TwelveMonkeys and rounded up.
 *
 * @param heap that is held at once
 * @param outside held at once outside the heap
 * @param allocated on the heap one after another, garbage included, by those decoders that would
 *     hold whatever a file tells them to; no limit for the others, whose garbage has none
 */
record DecodingCost(long heap, long outside, long allocated) {

  private static final long UNLIMITED = Long.MAX_VALUE;

  private static final long FIXED = 4L << 20;

  /** A decoded pixel of up to 8, and another 4 while it is made smaller. */
  private static final long PER_RESULT_PIXEL = 12;

  /** Coefficients of three components. */
  private static final long PER_JPEG_PIXEL = 6;

  /** The modes of its macroblock. */
  private static final long PER_VP8_PIXEL = 1;

  /** Three rows of macroblocks. */
  private static final long PER_VP8_COLUMN = 2_048;

  /** Its four channels, and transforms of a lower resolution. */
  private static final long PER_LOSSLESS_PIXEL = 5;

  /** A group of Huffman tables takes 5.5 KB and has at least 20 bits in the file. */
  private static final long PER_LOSSLESS_BYTE = 2_200;

  /** There are 65,536 groups at most. */
  private static final long MAX_TABLES = 360L << 20;

  /** Decoders round up to whole blocks. */
  private static final int BLOCKS = 48;

  /**
   * @param fileBytes the length of the file
   * @param edge the longer one of what is to become of it; rows and columns that it does not need
   *     are left out
   */
  static DecodingCost of(ImageTraits image, long fileBytes, int edge) {
    var area = (image.extent().width() + BLOCKS) * (long) (image.extent().height() + BLOCKS);
    var result = Math.min(area, Subsampling.maxEdge(edge) * Subsampling.maxEdge(edge));
    var heap = FIXED + PER_RESULT_PIXEL * result;
    var garbage = 2 * (fileBytes + area);
    return switch (image.format()) {
      case PNG, GIF, AVIF -> new DecodingCost(heap, 0, heap + garbage);
      case JPEG -> {
        var outside = image.buffered() ? PER_JPEG_PIXEL * area : 0;
        yield new DecodingCost(heap, outside, UNLIMITED);
      }
      case WEBP -> {
        heap += PER_VP8_PIXEL * area + PER_VP8_COLUMN * image.extent().width();
        heap += image.buffered() ? PER_LOSSLESS_PIXEL * area : 0;
        heap += Math.min(MAX_TABLES, PER_LOSSLESS_BYTE * image.losslessBytes());
        var lossy = !image.buffered() || image.losslessBytes() > 0;
        yield new DecodingCost(heap, 0, lossy ? UNLIMITED : heap + garbage);
      }
    };
  }
}
