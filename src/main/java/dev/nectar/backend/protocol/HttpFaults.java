package dev.nectar.backend.protocol;

import dev.nectar.http.DeadlineExceededException;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NoRoomException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.TruncatedImageException;
import java.io.IOException;

/** Names what went wrong on the wire without quoting what a peer wrote. */
final class HttpFaults {

  private HttpFaults() {}

  static String describe(IOException fault) {
    return switch (fault) {
      case DeadlineExceededException _ -> "timeout";
      case NotAnImageException _,
          TruncatedImageException _,
          ImageTooLargeException _,
          NoRoomException _ ->
          String.valueOf(fault.getMessage());
      default -> fault.getClass().getSimpleName();
    };
  }
}
