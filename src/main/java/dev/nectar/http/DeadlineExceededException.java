package dev.nectar.http;

import java.io.IOException;

/** A call that its deadline ended. */
public class DeadlineExceededException extends IOException {

  private static final long serialVersionUID = 1L;

  public DeadlineExceededException() {
    super("deadline exceeded");
  }

  /**
   * @param cause what the end of the call looked like from inside
   */
  public DeadlineExceededException(Throwable cause) {
    super("deadline exceeded", cause);
  }
}
