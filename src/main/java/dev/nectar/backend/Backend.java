package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A back end of the pool: what it paints with, how likely it is drawn, how it has done. */
public final class Backend {

  private final String name;
  private final double weight;
  private final ImageBackend painter;
  private final BackendHealth health;
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder images = new LongAdder();
  private final RecentDurations durations = new RecentDurations();
  private final Ticker ticker;

  /**
   * A back end that has not been asked yet.
   *
   * @param name fit to be shown
   * @param weight from 0 up
   */
  public Backend(String name, double weight, ImageBackend painter, Ticker ticker) {
    this.name = name;
    this.weight = weight;
    this.painter = painter;
    this.health = new BackendHealth(name, ticker);
    this.ticker = ticker;
  }

  public String name() {
    return name;
  }

  double weight() {
    return weight;
  }

  /** Whether it may be asked now; if so, {@link #ask} must follow. */
  boolean admits() {
    return health.admits();
  }

  /** Asks, whether it rests or not. */
  BackendReply ask(PaintRequest request, Deadline deadline) {
    requests.increment();
    var decided = false;
    var start = ticker.read();
    try {
      var reply = painter.paint(request, deadline);
      record(reply, Duration.ofNanos(ticker.read() - start));
      decided = true;
      return reply;
    } finally {
      if (!decided) {
        health.undecided();
      }
    }
  }

  private void record(BackendReply reply, Duration duration) {
    switch (reply) {
      case Painted _ -> {
        images.increment();
        durations.add(duration);
        health.succeeded();
      }
      case Refused _ -> {
        refusals.increment();
        health.succeeded();
      }
      case Failed(_, var retryAfter) -> {
        failures.increment();
        if (retryAfter == null) {
          health.failed();
        } else {
          health.failedFor(retryAfter);
        }
      }
    }
  }

  public BackendStatus status() {
    var median = durations.median();
    return new BackendStatus(
        name,
        weight,
        health.isResting() ? BackendStatus.State.RESTING : BackendStatus.State.UP,
        requests.sum(),
        failures.sum(),
        refusals.sum(),
        images.sum(),
        median.isEmpty() ? null : median.getAsLong());
  }
}
