package dev.nectar.http;

import java.io.IOException;

/** A body over the size that is accepted. */
public class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  public BodyTooLargeException(long maxBytes) {
    super("body larger than %,d bytes".formatted(maxBytes));
  }
}
