package dev.nectar.hosting;

import dev.nectar.http.BodyTooLargeException;
import dev.nectar.http.DeadlineExceededException;
import dev.nectar.http.UnexpectedStatusException;
import java.io.IOException;

/** Names what went wrong with an upload without quoting what a host wrote. */
final class UploadFaults {

  private UploadFaults() {}

  static String describe(IOException fault) {
    return switch (fault) {
      case DeadlineExceededException _ -> "timeout";
      case BodyTooLargeException _ -> "an answer with a " + fault.getMessage();
      case UnexpectedStatusException _ -> String.valueOf(fault.getMessage());
      default -> fault.getClass().getSimpleName();
    };
  }
}
