package dev.nectar.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Lets a fault that every request meets be told once a minute. */
final class WarningLimit {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

  WarningLimit(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether it is time to tell. */
  boolean permits() {
    var now = clock.instant();
    var due = next.get();
    return !now.isBefore(due) && next.compareAndSet(due, now.plus(PAUSE));
  }
}
