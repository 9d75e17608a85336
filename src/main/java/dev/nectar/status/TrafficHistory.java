package dev.nectar.status;

import dev.nectar.generation.GenerationStatus;
import dev.nectar.generation.GenerationStatus.Failures;
import dev.nectar.generation.GenerationStatus.Peaks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How requests went in each minute of the last hour, in memory. */
final class TrafficHistory {

  static final Duration STEP = Duration.ofMinutes(1);

  private static final int MINUTES = 60;

  /**
   * One minute.
   *
   * @param time its begin
   * @param failures of these three kinds, requests without an image
   * @param generating the most at once
   * @param waiting the most at once
   */
  record Minute(
      Instant time,
      long hits,
      long misses,
      long coalesced,
      Failures failures,
      int generating,
      int waiting) {}

  private final Supplier<GenerationStatus> counts;
  private final Supplier<Peaks> peaks;
  private final InstantSource clock;
  private final ArrayDeque<Minute> past = new ArrayDeque<>();
  private Instant minute;
  private GenerationStatus before;
  private Peaks peak = new Peaks(0, 0);

  /**
   * @param peaks the most at once since they were last asked for
   */
  TrafficHistory(Supplier<GenerationStatus> counts, Supplier<Peaks> peaks, InstantSource clock) {
    this.counts = counts;
    this.peaks = peaks;
    this.clock = clock;
    this.minute = currentMinute();
    this.before = counts.get();
  }

  /** Closes the minutes that are over; to be called several times a minute. */
  synchronized void tick() {
    var now = currentMinute();
    peak = peak.or(peaks.get());
    while (minute.isBefore(now)) {
      var counted = counts.get();
      past.addLast(since(before, counted));
      if (past.size() >= MINUTES) {
        past.removeFirst();
      }
      before = counted;
      peak = new Peaks(counted.running(), counted.waiting());
      minute = minute.plus(STEP);
    }
  }

  /** Oldest first; the last one is not over yet. */
  synchronized List<Minute> minutes() {
    tick();
    var minutes = new ArrayList<>(past);
    minutes.add(since(before, counts.get()));
    return minutes;
  }

  private Minute since(GenerationStatus then, GenerationStatus now) {
    return new Minute(
        minute,
        now.hits() - then.hits(),
        now.misses() - then.misses(),
        now.coalesced() - then.coalesced(),
        now.failures().minus(then.failures()),
        peak.running(),
        peak.waiting());
  }

  private Instant currentMinute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }
}
