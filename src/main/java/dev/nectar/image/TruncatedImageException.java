package dev.nectar.image;

import java.io.IOException;

/** An image whose bytes ended before it did. */
public class TruncatedImageException extends IOException {

  private static final long serialVersionUID = 1L;

  public TruncatedImageException() {
    super("truncated image");
  }
}
