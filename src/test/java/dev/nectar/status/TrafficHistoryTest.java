package dev.nectar.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.generation.GenerationStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrafficHistoryTest {

  private static final Instant START = Instant.parse("2026-05-01T12:00:30Z");
  private static final Instant FIRST = Instant.parse("2026-05-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private GenerationStatus counts = new GenerationStatus(0, 0, 5, 5, 5, 5);
  private final TrafficHistory history = new TrafficHistory(() -> counts, clock, clock);

  @Test
  void history_atTheStart_isTheMinuteThatRuns() {
    assertThat(history.minutes())
        .containsExactly(new TrafficHistory.Minute(FIRST, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void minutes_countWhatHappenedInThem() {
    counts = new GenerationStatus(2, 1, 8, 6, 5, 7);
    clock.advance(Duration.ofMinutes(1));
    history.tick();
    counts = new GenerationStatus(0, 0, 9, 6, 7, 7);

    assertThat(history.minutes())
        .containsExactly(
            new TrafficHistory.Minute(FIRST, 3, 1, 0, 2, 2, 1),
            new TrafficHistory.Minute(FIRST.plusSeconds(60), 1, 0, 2, 0, 0, 0));
  }

  @Test
  void minutes_areSixtyAtTheMost() {
    clock.advance(Duration.ofMinutes(100));

    assertThat(history.minutes()).hasSize(60);
    assertThat(history.minutes().getLast().time()).isEqualTo(FIRST.plusSeconds(100 * 60));
  }

  @Test
  void clockThatIsSet_renamesTheMinutesAndCountsNone() {
    counts = new GenerationStatus(0, 0, 6, 5, 5, 5);
    clock.advance(Duration.ofMinutes(1));
    history.tick();
    counts = new GenerationStatus(0, 0, 8, 5, 5, 5);

    clock.step(Duration.ofDays(3_650));
    clock.advance(Duration.ofMinutes(1));
    assertThat(history.minutes())
        .extracting(TrafficHistory.Minute::hits)
        .containsExactly(1L, 2L, 0L);
    assertThat(history.minutes())
        .extracting(TrafficHistory.Minute::time)
        .first()
        .isEqualTo(FIRST.plus(Duration.ofDays(3_650)));

    clock.step(Duration.ofDays(-7_300));
    clock.advance(Duration.ofMinutes(1));
    assertThat(history.minutes())
        .extracting(TrafficHistory.Minute::hits)
        .containsExactly(1L, 2L, 0L, 0L);
    assertThat(history.minutes().getLast().time())
        .isEqualTo(FIRST.minus(Duration.ofDays(3_650)).plusSeconds(180));
  }
}
