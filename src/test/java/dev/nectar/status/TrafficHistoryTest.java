package dev.nectar.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.generation.GenerationStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrafficHistoryTest {

  private static final Instant START = Instant.parse("2026-05-01T12:00:30Z");
  private static final Instant FIRST = Instant.parse("2026-05-01T12:00:00Z");

  private Instant now = START;
  private GenerationStatus counts = new GenerationStatus(0, 0, 5, 5, 5, 5);
  private final TrafficHistory history = new TrafficHistory(() -> counts, () -> now);

  @Test
  void history_atTheStart_isTheMinuteThatRuns() {
    assertThat(history.minutes())
        .containsExactly(new TrafficHistory.Minute(FIRST, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void minutes_countWhatHappenedInThem() {
    counts = new GenerationStatus(2, 1, 8, 6, 5, 7);
    now = START.plusSeconds(60);
    history.tick();
    counts = new GenerationStatus(0, 0, 9, 6, 7, 7);

    assertThat(history.minutes())
        .containsExactly(
            new TrafficHistory.Minute(FIRST, 3, 1, 0, 2, 2, 1),
            new TrafficHistory.Minute(FIRST.plusSeconds(60), 1, 0, 2, 0, 0, 0));
  }

  @Test
  void minutes_areSixtyAtTheMost() {
    now = START.plusSeconds(100 * 60);

    assertThat(history.minutes()).hasSize(60);
    assertThat(history.minutes().getLast().time()).isEqualTo(FIRST.plusSeconds(100 * 60));
  }
}
