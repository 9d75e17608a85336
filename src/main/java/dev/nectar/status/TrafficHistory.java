package dev.nectar.status;

import dev.nectar.generation.GenerationStatus;
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
   * @param generating at its end
   * @param waiting at its end
   */
  record Minute(
      Instant time,
      long hits,
      long misses,
      long coalesced,
      long failed,
      int generating,
      int waiting) {}

  private final Supplier<GenerationStatus> counts;
  private final InstantSource clock;
  private final ArrayDeque<Minute> past = new ArrayDeque<>();
  private Instant minute;
  private GenerationStatus before;

  TrafficHistory(Supplier<GenerationStatus> counts, InstantSource clock) {
    this.counts = counts;
    this.clock = clock;
    this.minute = currentMinute();
    this.before = counts.get();
  }

  /** Closes the minutes that are over; to be called several times a minute. */
  synchronized void tick() {
    var now = currentMinute();
    while (minute.isBefore(now)) {
      var counted = counts.get();
      past.addLast(since(before, counted));
      if (past.size() >= MINUTES) {
        past.removeFirst();
      }
      before = counted;
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
        now.failed() - then.failed(),
        now.running(),
        now.waiting());
  }

  private Instant currentMinute() {
    return clock.instant().truncatedTo(ChronoUnit.MINUTES);
  }
}
