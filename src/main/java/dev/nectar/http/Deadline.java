package dev.nectar.http;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The point in time by which something has ended, whatever it is made of and the clock says. */
public final class Deadline {

  /** As the ticker counts, which may begin anywhere: only differences mean anything. */
  private final long end;

  private final Ticker ticker;

  private Deadline(long end, Ticker ticker) {
    this.end = end;
    this.ticker = ticker;
  }

  /** From now on, for so long; 292 years at the most. */
  public static Deadline in(Duration duration, Ticker ticker) {
    return new Deadline(ticker.read() + TimeUnit.NANOSECONDS.convert(duration), ticker);
  }

  /** The earlier of this and so long from now. */
  public Deadline atMost(Duration duration) {
    var other = in(duration, ticker);
    return other.end - end < 0 ? other : this;
  }

  /** The time left, zero once it has passed. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(end - ticker.read(), 0));
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
    return remaining() + " left";
  }
}
