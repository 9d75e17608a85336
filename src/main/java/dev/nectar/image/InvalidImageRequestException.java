package dev.nectar.image;

/**
 * A request that no image can be made of; the message names the parameter and is fit for the
 * client.
 */
public class InvalidImageRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidImageRequestException(String message) {
    super(message);
  }
}
