package dev.nectar.variant;

import java.io.IOException;
import java.time.Duration;

/** A decoder has used up what it was granted. The message is fit for a log. */
final class DecodingLimitException extends IOException {

  private static final long serialVersionUID = 1L;

  DecodingLimitException(Duration timeout) {
    super("decoding takes longer than " + timeout.toSeconds() + " s");
  }

  DecodingLimitException(long bytes) {
    super("decoding takes more than " + (bytes >> 20) + " MB");
  }
}
