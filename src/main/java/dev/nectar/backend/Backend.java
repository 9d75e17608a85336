package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.http.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
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
  private final InstantSource clock;

  /**
   * A back end that has not been asked yet.
   *
   * @param name fit to be shown
   * @param weight from 0 up
   */
  public Backend(String name, double weight, ImageBackend painter, Clock clock) {
    this.name = name;
    this.weight = weight;
    this.painter = painter;
    this.health = new BackendHealth(name, clock);
    this.clock = clock;
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
    var start = clock.instant();
    try {
      var reply = painter.paint(request, deadline);
      record(reply, Duration.between(start, clock.instant()));
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
      case Busy(var retryAfter, _) -> {
        failures.increment();
        if (retryAfter == null) {
          health.failed();
        } else {
          health.failedFor(retryAfter);
        }
      }
      case Unfit _, TooLong _, Unclear _, LockedOut _, Failed _ -> {
        failures.increment();
        health.failed();
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
