package dev.nectar.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The point in time by which something has ended, whatever it is made of. */
public final class Deadline {

  private final Instant end;
  private final InstantSource clock;

  private Deadline(Instant end, InstantSource clock) {
    this.end = end;
    this.clock = clock;
  }

  /** From now on, for so long. */
  public static Deadline in(Duration duration, InstantSource clock) {
    return new Deadline(clock.instant().plus(duration), clock);
  }

  /** The earlier of this and so long from now. */
  public Deadline atMost(Duration duration) {
    var other = in(duration, clock);
    return other.end.isBefore(end) ? other : this;
  }

  /** The time left, zero once it has passed. */
  public Duration remaining() {
    var left = Duration.between(clock.instant(), end);
    return left.isPositive() ? left : Duration.ZERO;
  }

  /** Rounded up: who waits that long finds it passed, and none is zero, which waits for ever. */
  long remainingMillis() {
    return remaining().toMillis() + 1;
  }

  public boolean hasPassed() {
    return remaining().isZero();
  }

  @Override
  public String toString() {
    return end.toString();
  }
}
