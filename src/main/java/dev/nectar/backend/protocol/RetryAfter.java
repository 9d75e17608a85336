package dev.nectar.backend.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** RFC 9110, 10.2.3. */
final class RetryAfter {

  private RetryAfter() {}

  /** How long to wait, not negative; null if the answer is neither 429 nor 503 or does not tell. */
  static @Nullable Duration of(HttpResponse response, InstantSource clock) {
    var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    if (header == null || (response.getCode() != 429 && response.getCode() != 503)) {
      return null;
    }
    var text = header.getValue().strip();
    try {
      var wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
