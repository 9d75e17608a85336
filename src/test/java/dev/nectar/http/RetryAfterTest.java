package dev.nectar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;PT0S",
        "17;PT17S",
        " 60 ;PT1M",
        "Thu, 1 Jan 2026 12:00:30 GMT;PT30S",
        "Thu, 01 Jan 2026 11:00:00 GMT;PT0S"
      })
  void tooManyRequests_secondsOrDate_isTheWait(String header, Duration wait) {
    assertThat(of(429, header)).isEqualTo(wait);
  }

  @Test
  void date_ofAServerWithAnotherClock_isCountedFromItsOwn() {
    var response = new BasicHttpResponse(429);
    response.setHeader("Date", "Thu, 01 Jan 2026 13:00:00 GMT");
    response.setHeader("Retry-After", "Thu, 01 Jan 2026 13:00:30 GMT");

    assertThat(RetryAfter.of(response, CLOCK)).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999"})
  void tooManyRequests_nonsense_isNone(String header) {
    assertThat(of(429, header)).isNull();
  }

  @Test
  void status_isOneOfAServerThatIsBusy() {
    assertThat(of(503, "17")).isEqualTo(Duration.ofSeconds(17));
    assertThat(of(500, "17")).isNull();
  }

  private static @Nullable Duration of(int status, String header) {
    var response = new BasicHttpResponse(status);
    response.setHeader("Retry-After", header);
    return RetryAfter.of(response, CLOCK);
  }
}
