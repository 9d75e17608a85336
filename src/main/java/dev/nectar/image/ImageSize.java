package dev.nectar.image;

/** Width and height in pixels; written as {@code 1024x768}. */
public record ImageSize(int width, int height) {

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
