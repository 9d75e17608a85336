package dev.nectar.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** RFC 9110, 10.2.3. */
public final class RetryAfter {

  private RetryAfter() {}

  /**
   * How long to wait, not negative; null if the answer is neither 429 nor 503 or does not tell. A
   * date is counted from the answer's own, by the same clock; from ours if it has none.
   */
  public static @Nullable Duration of(HttpResponse response, InstantSource clock) {
    var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    if (header == null || (response.getCode() != 429 && response.getCode() != 503)) {
      return null;
    }
    var text = header.getValue().strip();
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    var end = DateUtils.parseStandardDate(text);
    if (end == null) {
      return null;
    }
    var sent = DateUtils.parseStandardDate(response, HttpHeaders.DATE);
    var wait = Duration.between(Objects.requireNonNullElseGet(sent, clock::instant), end);
    return wait.isNegative() ? Duration.ZERO : wait;
  }
}
