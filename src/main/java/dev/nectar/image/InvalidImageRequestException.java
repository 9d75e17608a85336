package dev.nectar.image;

import org.jspecify.annotations.Nullable;

/**
 * A request that no image can be made of; the message names the parameter and is fit for the
 * client.
 */
public class InvalidImageRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String parameter;

  public InvalidImageRequestException(String message) {
    this(null, message);
  }

  public InvalidImageRequestException(@Nullable String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  /** The parameter at fault; null if it is none of them. */
  public @Nullable String parameter() {
    return parameter;
  }
}
