package dev.nectar.image;

/**
 * Follows an image's structure as its bytes go by, from one field that tells how far the next one
 * is to another, up to the end that the format itself has. What comes after that is passed over, as
 * decoders do: line breaks, padding, whole other images.
 */
abstract class ImageEnd {

  private long toSkip;
  private int toRead;
  private long field;
  private boolean reached;

  static ImageEnd of(ImageFormat format) {
    return switch (format) {
      case PNG -> new PngEnd();
      case JPEG -> new JpegEnd();
      case WEBP -> new WebpEnd();
      case GIF -> new GifEnd();
      case AVIF -> new AvifEnd();
    };
  }

  /**
   * Takes the field that was awaited and names what follows it, by {@link #await} or {@link
   * #endAfter}.
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

  final boolean isReached() {
    return reached;
  }

  final void pass(byte[] bytes, int offset, int length) {
    var end = offset + length;
    for (var at = offset; at < end && !reached; ) {
      if (toSkip > 0) {
        var skipped = (int) Math.min(toSkip, end - at);
        toSkip -= skipped;
        at += skipped;
        reached = toSkip == 0 && toRead == 0;
      } else {
        at = read(bytes, at, end);
      }
    }
  }

  private int read(byte[] bytes, int from, int end) {
    var at = find(bytes, from, end);
    while (at < end) {
      field = (field << 8) | (bytes[at] & 0xff);
      at++;
      toRead--;
      if (toRead == 0) {
        take(field);
        break;
      }
    }
    return at;
  }
}
