package dev.nectar.image;

/** Width and height in pixels; written as {@code 1024x768}. */
public record ImageSize(int width, int height) {

  public static final int MIN_EDGE = 16;
  public static final int MAX_EDGE = 4096;

  /** Whether a client may ask for so many pixels. */
  public static boolean isEdge(int pixels) {
    return MIN_EDGE <= pixels && pixels <= MAX_EDGE;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
