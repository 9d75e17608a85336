package dev.nectar.web.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respond-async | 0 | respond-async",
        "Respond-Async; foo=bar | 0 | respond-async",
        "respond-async, wait=10 | 10 | respond-async, wait=10",
        "wait=\"7\",respond-async | 7 | respond-async, wait=7",
        "respond-async, wait = 0 | 0 | respond-async, wait=0",
        "respond-async, wait=soon | 0 | respond-async",
        "respond-async, wait=-1 | 0 | respond-async",
        "return=minimal, respond-async, wait=3, wait=9 | 3 | respond-async, wait=3"
      })
  void preference_isReadWithItsWait(String header, int seconds, String applied) {
    assertThat(preference(header)).contains(new Preference(Duration.ofSeconds(seconds), applied));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wait=10", "return=respond-async", "respond-asynchronously"})
  void preference_thatIsAnother_isNone(String header) {
    assertThat(preference(header)).isEmpty();
  }

  @Test
  void preferences_inSeveralHeaders_areOne() {
    var request = new MockHttpServletRequest();
    request.addHeader("Prefer", "wait=5");
    request.addHeader("Prefer", "respond-async");

    assertThat(Preference.of(request)).map(Preference::patience).contains(Duration.ofSeconds(5));
    assertThat(Preference.of(new MockHttpServletRequest())).isEmpty();
  }

  private static Optional<Preference> preference(String header) {
    var request = new MockHttpServletRequest();
    request.addHeader("Prefer", header);
    return Preference.of(request);
  }
}
