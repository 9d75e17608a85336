package dev.nectar.image;

import org.jspecify.annotations.Nullable;

/**
 * Follows an image's structure as its bytes go by, from one field that tells how far the next one
 * is to another, up to the end that the format itself has. What comes after that is passed over, as
 * decoders do: line breaks, padding, whole other images. The sizes that it tells are learned on the
 * way.
 */
abstract class ImageStructure {

  private long position;
  private long toSkip;
  private int toRead;
  private long field;
  private boolean reached;
  private @Nullable ImageSize first;
  private ImageSize extent = new ImageSize(0, 0);
  private boolean buffered;

  static ImageStructure of(ImageFormat format) {
    return switch (format) {
      case PNG -> new PngStructure();
      case JPEG -> new JpegStructure();
      case WEBP -> new WebpStructure();
      case GIF -> new GifStructure();
      case AVIF -> new AvifStructure();
    };
  }

  /**
   * Takes the field that was awaited and names what follows it, by {@link #await}, {@link
   * #endAfter} or {@link #endNever}.
   *
   * @param value unsigned and big-endian
   */
  abstract void take(long value);

  /**
   * Where the awaited field begins.
   *
   * @return an index from {@code from} up to {@code end}, which says that it is not among these
   *     bytes
   */
  int find(byte[] bytes, int from, int end) {
    return from;
  }

  /** The next field is so far away, and so long; up to eight bytes. */
  final void await(long distance, int length) {
    toSkip = distance;
    toRead = length;
    field = 0;
  }

  /** So many bytes more, and the image is whole. */
  final void endAfter(long distance) {
    await(distance, 0);
    reached = distance == 0;
  }

  /** The image contradicts itself, so that it is never whole. */
  final void endNever() {
    await(Long.MAX_VALUE, 1);
  }

  /** How many bytes came before the next one. */
  final long position() {
    return position;
  }

  /** The whole, which comes first, or a frame of it has so many pixels. None is no size. */
  final void learnSize(long width, long height) {
    if (width == 0 || height == 0) {
      return;
    }
    var size = ImageSize.clamped(width, height);
    if (first == null) {
      first = size;
    }
    extent = extent.union(size);
  }

  /** Decoders hold all of it before they can give a part. */
  final void learnBuffered() {
    buffered = true;
  }

  /** Of the whole; null as long as it is not known. */
  @Nullable ImageSize size() {
    return first;
  }

  /** Room for the whole and for each frame. */
  final ImageSize extent() {
    return extent;
  }

  final boolean isBuffered() {
    return buffered;
  }

  /** Bytes of lossless images beside lossy ones. */
  long losslessBytes() {
    return 0;
  }

  final boolean isReached() {
    return reached;
  }

  final void pass(byte[] bytes, int offset, int length) {
    var end = offset + length;
    for (var at = offset; at < end && !reached; ) {
      if (toSkip > 0) {
        var skipped = (int) Math.min(toSkip, end - at);
        toSkip -= skipped;
        position += skipped;
        at += skipped;
        reached = toSkip == 0 && toRead == 0;
      } else {
        at = read(bytes, at, end);
      }
    }
  }

  private int read(byte[] bytes, int from, int end) {
    var at = find(bytes, from, end);
    position += at - from;
    while (at < end) {
      field = (field << 8) | (bytes[at] & 0xff);
      at++;
      position++;
      toRead--;
      if (toRead == 0) {
        take(field);
        break;
      }
    }
    return at;
  }
}
