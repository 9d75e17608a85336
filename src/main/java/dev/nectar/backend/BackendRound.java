package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.http.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks the back ends, drawn by weight, one after the other. */
public final class BackendRound {

  private final List<Backend> backends;
  private final int refusalLimit;
  private final Duration attemptTimeout;
  private final Clock clock;
  private final RandomGenerator random;

  public BackendRound(
      List<Backend> backends,
      int refusalLimit,
      Duration attemptTimeout,
      Clock clock,
      RandomGenerator random) {
    this.backends = List.copyOf(backends);
    this.refusalLimit = refusalLimit;
    this.attemptTimeout = attemptTimeout;
    this.clock = clock;
    this.random = random;
  }

  public List<BackendStatus> status() {
    return backends.stream().map(Backend::status).toList();
  }

  /**
   * Asks until one paints, enough have refused, or none is left. A back end that rests is asked
   * only if no other is left to ask, and then just one a round: when all fail, a request costs one
   * call.
   */
  public RoundOutcome paint(PaintRequest request, Deadline deadline, RoundWatcher watcher) {
    var tally = new Tally(request, deadline, watcher);
    var resting = new ArrayList<Backend>();
    for (var backend : WeightedDraw.order(backends, Backend::weight, random)) {
      if (tally.isSettled() || deadline.hasPassed()) {
        return tally.outcome();
      }
      if (backend.admits()) {
        tally.ask(backend);
      } else {
        resting.add(backend);
      }
    }
    if (!resting.isEmpty() && !tally.isSettled() && !deadline.hasPassed()) {
      tally.ask(resting.getFirst());
    }
    return tally.outcome();
  }

  /** One round so far. */
  private final class Tally {

    private final PaintRequest request;
    private final Deadline deadline;
    private final RoundWatcher watcher;
    private int attempts;
    private @Nullable Painted painted;
    private int refusals;
    private boolean allCertain = true;

    Tally(PaintRequest request, Deadline deadline, RoundWatcher watcher) {
      this.request = request;
      this.deadline = deadline;
      this.watcher = watcher;
    }

    void ask(Backend backend) {
      attempts++;
      watcher.asking(attempts, backends.size());
      var start = clock.instant();
      var reply = backend.ask(request, deadline.atMost(attemptTimeout));
      watcher.answered(Attempt.of(backend.name(), reply, Duration.between(start, clock.instant())));
      count(reply);
    }

    private void count(BackendReply reply) {
      switch (reply) {
        case Painted done -> painted = done;
        case Refused(var certain, _) -> {
          refusals++;
          allCertain &= certain;
        }
        case Declined _ -> allCertain = false;
      }
    }

    boolean isSettled() {
      return painted != null || refusals >= refusalLimit;
    }

    RoundOutcome outcome() {
      if (painted != null) {
        return new RoundOutcome.Done(painted);
      }
      return refusals > 0 ? new RoundOutcome.Blocked(allCertain) : new RoundOutcome.Exhausted();
    }
  }
}
