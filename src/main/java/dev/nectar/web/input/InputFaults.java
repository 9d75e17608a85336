package dev.nectar.web.input;

import dev.nectar.http.BodyTooLargeException;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.TruncatedImageException;
import dev.nectar.image.staging.NoRoomException;
import dev.nectar.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.web.ErrorResponseException;

/** What is wrong with an input, to be thrown. */
final class InputFaults {

  private InputFaults() {}

  /**
   * That of bytes that could not be taken in.
   *
   * @param otherwise where it is not the picture that is wrong
   */
  static ErrorResponseException of(IOException fault, Problem otherwise, String parameter) {
    return switch (fault) {
      case NotAnImageException _, TruncatedImageException _ -> unsupported(parameter);
      case ImageTooLargeException _, BodyTooLargeException _ ->
          Problem.IMAGE_TOO_LARGE.because(
              parameter, "An input picture is too large: %s.".formatted(fault.getMessage()));
      case NoRoomException _ -> throw new UncheckedIOException(fault);
      default ->
          otherwise == Problem.INVALID_IMAGE_URL
              ? malformed(parameter)
              : otherwise.because(parameter, "An input picture could not be downloaded.");
    };
  }

  /** That of bytes that the client sent; what is wrong with the connection is nobody's input. */
  static IOException ofUpload(IOException fault, String parameter) {
    if (fault instanceof NotAnImageException
        || fault instanceof TruncatedImageException
        || fault instanceof ImageTooLargeException) {
      throw of(fault, Problem.INVALID_IMAGE_URL, parameter);
    }
    return fault;
  }

  static ErrorResponseException unsupported(String parameter) {
    return Problem.UNSUPPORTED_IMAGE.because(
        parameter, "An input is no whole PNG, JPEG or WebP picture.");
  }

  static ErrorResponseException malformed(String parameter) {
    return Problem.INVALID_IMAGE_URL.because(
        parameter, "An input picture is named by no http, https or data URL.");
  }
}
