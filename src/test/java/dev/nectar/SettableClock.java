package dev.nectar;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes when told to, by the clock and by the ticker. */
public final class SettableClock extends Clock implements Ticker {

  private record Time(Instant clock, long ticker) {}

  private final AtomicReference<Time> now;

  public SettableClock() {
    this(Instant.parse("2026-05-01T12:00:00Z"));
  }

  public SettableClock(Instant now) {
    // So that it overflows before long, as it may.
    this.now = new AtomicReference<>(new Time(now, Long.MAX_VALUE - 1_000));
  }

  public void advance(Duration time) {
    now.updateAndGet(before -> new Time(before.clock.plus(time), before.ticker + time.toNanos()));
  }

  /** Somebody sets the clock; no time passes. */
  public void step(Duration time) {
    now.updateAndGet(before -> new Time(before.clock.plus(time), before.ticker));
  }

  @Override
  public Instant instant() {
    return now.get().clock;
  }

  @Override
  public long read() {
    return now.get().ticker;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The clock alone. */
  @Override
  public Clock withZone(ZoneId zone) {
    InstantSource alone = () -> now.get().clock;
    return alone.withZone(zone);
  }
}
