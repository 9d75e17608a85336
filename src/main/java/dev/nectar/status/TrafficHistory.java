package dev.nectar.status;

import com.github.benmanes.caffeine.cache.Ticker;
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

/**
 * How requests went in each minute of the last hour, in memory. The ticker tells when a minute is
 * over, the clock only what it is called: when that is set, the hour before is renamed.
 */
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
      int waiting) {

    private Minute at(Instant other) {
      return new Minute(other, hits, misses, coalesced, failures, generating, waiting);
    }
  }

  private final Supplier<GenerationStatus> counts;
  private final Supplier<Peaks> peaks;
  private final InstantSource clock;
  private final Ticker ticker;
  private final ArrayDeque<Minute> past = new ArrayDeque<>();

  /** When the minute that runs began, as the ticker counts. */
  private long began;

  private Instant minute;
  private GenerationStatus before;
  private Peaks peak = new Peaks(0, 0);

  /**
   * @param peaks the most at once since they were last asked for
   */
  TrafficHistory(
      Supplier<GenerationStatus> counts,
      Supplier<Peaks> peaks,
      InstantSource clock,
      Ticker ticker) {
    this.counts = counts;
    this.peaks = peaks;
    this.clock = clock;
    this.ticker = ticker;
    var now = clock.instant();
    this.minute = now.truncatedTo(ChronoUnit.MINUTES);
    this.began = ticker.read() - Duration.between(minute, now).toNanos();
    this.before = counts.get();
  }

  /** Closes the minutes that are over; to be called several times a minute. */
  synchronized void tick() {
    peak = peak.or(peaks.get());
    var over = (ticker.read() - began) / STEP.toNanos();
    if (over == 0) {
      return;
    }
    for (var closed = 0; closed < Math.min(over, MINUTES); closed++) {
      var counted = counts.get();
      past.addLast(since(before, counted));
      if (past.size() >= MINUTES) {
        past.removeFirst();
      }
      before = counted;
      peak = new Peaks(counted.running(), counted.waiting());
    }
    began += over * STEP.toNanos();
    minute = nearestMinute(clock.instant().minusNanos(ticker.read() - began));
  }

  private static Instant nearestMinute(Instant time) {
    return time.plus(STEP.dividedBy(2)).truncatedTo(ChronoUnit.MINUTES);
  }

  /** Oldest first; the last one is not over yet. */
  synchronized List<Minute> minutes() {
    tick();
    var minutes = new ArrayList<Minute>();
    past.forEach(
        one -> minutes.add(one.at(minute.minus(STEP.multipliedBy(past.size() - minutes.size())))));
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
}
