package dev.nectar.image;

import java.util.Optional;
import java.util.regex.Pattern;

/** Width and height in pixels; written as {@code 1024x768}. */
public record ImageSize(int width, int height) {

  public static final int MIN_EDGE = 16;
  public static final int MAX_EDGE = 4096;

  /** Of an image that is accepted, whatever was asked for. */
  public static final int MAX_REAL_EDGE = 16_384;

  /** Of an image that is accepted. */
  public static final long MAX_REAL_PIXELS = 100_000_000;

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})[xX]([1-9][0-9]{0,4})");

  /** Empty if the text is no size such as {@code 1024x768}. */
  public static Optional<ImageSize> parse(String text) {
    var size = TEXT.matcher(text);
    return size.matches()
        ? Optional.of(
            new ImageSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : Optional.empty();
  }

  public long pixels() {
    return (long) width * height;
  }

  /** Whether a client may ask for so many pixels. */
  public static boolean isEdge(int pixels) {
    return MIN_EDGE <= pixels && pixels <= MAX_EDGE;
  }

  /** As an image tells it, which may be any number; what is out of bounds by far stays so. */
  static ImageSize clamped(long width, long height) {
    return new ImageSize(
        Math.clamp(width, 0, Integer.MAX_VALUE), Math.clamp(height, 0, Integer.MAX_VALUE));
  }

  /** Room for either. */
  ImageSize union(ImageSize other) {
    return new ImageSize(Math.max(width, other.width), Math.max(height, other.height));
  }

  /** Of all its pixels. */
  public long area() {
    return (long) width * height;
  }

  public int longerEdge() {
    return Math.max(width, height);
  }

  /** Whether an image of so many pixels is too large to be accepted or decoded. */
  public boolean isOutOfBounds() {
    return longerEdge() > MAX_REAL_EDGE || area() > MAX_REAL_PIXELS;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
