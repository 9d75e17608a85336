package dev.nectar.http;

import java.io.IOException;

/** An answer with a status that carries no file. */
public class UnexpectedStatusException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  public UnexpectedStatusException(int status) {
    super("status " + status);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
