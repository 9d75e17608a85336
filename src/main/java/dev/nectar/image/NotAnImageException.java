package dev.nectar.image;

import java.io.IOException;

/** Bytes that are no image of a known format. */
public class NotAnImageException extends IOException {

  private static final long serialVersionUID = 1L;

  public NotAnImageException() {
    this("not an image of a known format");
  }

  NotAnImageException(String message) {
    super(message);
  }
}
