package dev.nectar.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import dev.nectar.generation.GenerationStatus;
import dev.nectar.generation.GenerationStatus.Failures;
import dev.nectar.generation.GenerationStatus.Peaks;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrafficHistoryTest {

  private static final Instant START = Instant.parse("2026-05-01T12:00:30Z");
  private static final Instant FIRST = Instant.parse("2026-05-01T12:00:00Z");

  private static final Failures NONE = new Failures(0, 0, 0);

  private final SettableClock clock = new SettableClock(START);
  private GenerationStatus counts = counts(5, 5, 5, 1);
  private Peaks peaks = new Peaks(0, 0);
  private final TrafficHistory history =
      new TrafficHistory(() -> counts, this::takePeaks, clock, clock);

  private static GenerationStatus counts(long hits, long misses, long coalesced, long failures) {
    return new GenerationStatus(
        0, 0, hits, misses, coalesced, new Failures(failures, 2 * failures, 0));
  }

  private Peaks takePeaks() {
    var taken = peaks;
    peaks = new Peaks(counts.running(), counts.waiting());
    return taken;
  }

  @Test
  void history_atTheStart_isTheMinuteThatRuns() {
    assertThat(history.minutes())
        .containsExactly(new TrafficHistory.Minute(FIRST, 0, 0, 0, NONE, 0, 0));
  }

  @Test
  void minutes_countWhatHappenedInThem() {
    counts = counts(8, 6, 5, 2);
    clock.advance(Duration.ofMinutes(1));
    history.tick();
    counts = counts(9, 6, 7, 2);

    assertThat(history.minutes())
        .containsExactly(
            new TrafficHistory.Minute(FIRST, 3, 1, 0, new Failures(1, 2, 0), 0, 0),
            new TrafficHistory.Minute(FIRST.plusSeconds(60), 1, 0, 2, NONE, 0, 0));
  }

  @Test
  void minutes_keepTheMostAtOnce_alsoOfWhatNoTickSaw() {
    peaks = new Peaks(60, 4);
    history.tick();
    peaks = new Peaks(2, 7);
    clock.advance(Duration.ofSeconds(20));

    assertThat(history.minutes())
        .containsExactly(new TrafficHistory.Minute(FIRST, 0, 0, 0, NONE, 60, 7));
  }

  @Test
  void minutes_thatFollow_beginWithWhatGoesOn() {
    peaks = new Peaks(60, 4);
    counts = new GenerationStatus(3, 1, 5, 5, 5, new Failures(1, 2, 0));
    clock.advance(Duration.ofMinutes(2));

    assertThat(history.minutes())
        .containsExactly(
            new TrafficHistory.Minute(FIRST, 0, 0, 0, NONE, 60, 4),
            new TrafficHistory.Minute(FIRST.plusSeconds(60), 0, 0, 0, NONE, 3, 1),
            new TrafficHistory.Minute(FIRST.plusSeconds(120), 0, 0, 0, NONE, 3, 1));
  }

  @Test
  void minutes_areSixtyAtTheMost() {
    clock.advance(Duration.ofMinutes(100));

    assertThat(history.minutes()).hasSize(60);
    assertThat(history.minutes().getLast().time()).isEqualTo(FIRST.plusSeconds(100 * 60));
  }

  @Test
  void clockThatIsSet_renamesTheMinutesAndCountsNone() {
    counts = counts(6, 5, 5, 1);
    clock.advance(Duration.ofMinutes(1));
    history.tick();
    counts = counts(8, 5, 5, 1);

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
