package dev.nectar.image;

import java.util.Optional;
import java.util.regex.Pattern;

/** Width and height in pixels; written as {@code 1024x768}. */
public record ImageSize(int width, int height) {

  public static final int MIN_EDGE = 16;
  public static final int MAX_EDGE = 4096;

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

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
