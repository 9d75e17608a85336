package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentDurationsTest {

  private final RecentDurations durations = new RecentDurations();

  @Test
  void median_ofNone_isUnknown() {
    assertThat(durations.median()).isEmpty();
  }

  @Test
  void median_isTheMiddleOneWhateverTheOrder() {
    for (var millis : new int[] {900, 1, 20, 3, 40}) {
      durations.add(Duration.ofMillis(millis));
    }

    assertThat(durations.median()).hasValue(20);
  }

  @Test
  void median_forgetsWhatIsLongPast() {
    for (var i = 0; i < 500; i++) {
      durations.add(Duration.ofMillis(1));
    }
    for (var i = 0; i < 101; i++) {
      durations.add(Duration.ofMillis(7));
    }

    assertThat(durations.median()).hasValue(7);
  }
}
