package dev.nectar.image;

import java.io.IOException;

/** An image over the size that is accepted. */
public class ImageTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  public ImageTooLargeException(long maxBytes) {
    super("image larger than %,d bytes".formatted(maxBytes));
  }

  ImageTooLargeException(ImageSize size) {
    super("image of " + size + " pixels");
  }
}
