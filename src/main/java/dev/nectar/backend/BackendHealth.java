package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a back end rests: after three failures in a row or five of ten, for as long as it asks when
 * it is busy, and at once when it locks this server out. After the rest, longer each time, one
 * trial decides. Answers that tell nothing of the back end do not count. A circuit breaker from a
 * library knows neither such answers nor rests of several kinds, nor which answers are older than a
 * rest.
 */
final class BackendHealth {

  private static final int IN_A_ROW = 3;
  private static final int OF_LATEST = 5;
  private static final int LATEST = 10;

  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

  /** Why it rests, the first time for how long, and for how long at most. */
  private enum Cause {
    FAILURES(Duration.ofSeconds(10), Duration.ofMinutes(5)),
    BUSY(Duration.ofSeconds(10), LONGEST_ASKED_FOR),
    LOCKED_OUT(Duration.ofMinutes(5), Duration.ofHours(1));

    private final Duration first;
    private final Duration longest;

    Cause(Duration first, Duration longest) {
      this.first = first;
      this.longest = longest;
    }

    /**
     * Twice as long each time.
     *
     * @param before how many such rests came before
     */
    Duration rest(int before) {
      var rest = first.multipliedBy(1L << Math.min(before, 20));
      return rest.compareTo(longest) < 0 ? rest : longest;
    }
  }

  /** Leave to ask once. */
  final class Admission {

    private final long number;
    private final boolean trial;

    private Admission(boolean trial) {
      this.number = rests;
      this.trial = trial;
    }

    /** Whether a rest has begun since. */
    private boolean isStale() {
      return number != rests;
    }
  }

  private final Ticker ticker;
  private final ArrayDeque<Boolean> latest = new ArrayDeque<>(LATEST);
  private int failuresInARow;

  /** How many have begun. */
  private long rests;

  private @Nullable Cause cause;
  private long end;
  private boolean trialUnderWay;

  /** Rests of the same cause one after the other. */
  private int repeated;

  private boolean lockOutTold;

  BackendHealth(Ticker ticker) {
    this.ticker = ticker;
  }

  synchronized boolean isResting() {
    return cause != null;
  }

  /** Leave to ask now: it is up, or this is its one trial. Whoever has it must settle it. */
  synchronized Optional<Admission> admit() {
    if (cause == null) {
      return Optional.of(new Admission(false));
    }
    if (trialUnderWay || end - ticker.read() > 0) {
      return Optional.empty();
    }
    trialUnderWay = true;
    return Optional.of(new Admission(true));
  }

  /** Leave to ask although it rests. */
  synchronized Admission insist() {
    return new Admission(false);
  }

  /** It was not asked to an end. */
  synchronized void release(Admission admission) {
    if (admission.trial && !admission.isStale()) {
      trialUnderWay = false;
    }
  }

  /** Whether it has just locked this server out, for the first time since it last painted. */
  synchronized boolean settle(Admission admission, BackendReply reply) {
    switch (reply) {
      case Painted _ -> succeeded(admission);
      case Refused _, Unfit _, TooLong _, Unclear _ -> release(admission);
      case LockedOut _ -> {
        return lockedOut(admission);
      }
      case Busy(var wait, _) -> busy(admission, wait);
      case Failed _ -> failed(admission);
    }
    return false;
  }

  /** An answer to a question that is older than the rest does not end it. */
  private void succeeded(Admission admission) {
    if (admission.isStale()) {
      return;
    }
    if (cause != null) {
      cause = null;
      trialUnderWay = false;
      latest.clear();
    }
    lockOutTold = false;
    failuresInARow = 0;
    count(false);
  }

  private void failed(Admission admission) {
    if (cause != null) {
      if (admission.trial && !admission.isStale()) {
        rest(Cause.FAILURES);
      }
      return;
    }
    failuresInARow++;
    count(true);
    if (failuresInARow >= IN_A_ROW || Collections.frequency(latest, true) >= OF_LATEST) {
      rest(Cause.FAILURES);
    }
  }

  private void count(boolean failure) {
    if (latest.size() == LATEST) {
      latest.removeFirst();
    }
    latest.addLast(failure);
  }

  private void busy(Admission admission, @Nullable Duration wait) {
    if (cause == null || (admission.trial && !admission.isStale())) {
      rest(Cause.BUSY);
      if (wait != null) {
        end = ticker.read() + bounded(wait).toNanos();
      }
    } else if (wait != null) {
      end = later(end, ticker.read() + bounded(wait).toNanos());
    }
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(LONGEST_ASKED_FOR) < 0 ? wait : LONGEST_ASKED_FOR;
  }

  private static long later(long one, long other) {
    return other - one > 0 ? other : one;
  }

  /** Who asked at the same time, or insisted, learns nothing new. */
  private boolean lockedOut(Admission admission) {
    if (cause != Cause.LOCKED_OUT || (admission.trial && !admission.isStale())) {
      rest(Cause.LOCKED_OUT);
    }
    var first = !lockOutTold;
    lockOutTold = true;
    return first;
  }

  private void rest(Cause why) {
    repeated = why == cause ? repeated + 1 : 0;
    cause = why;
    end = ticker.read() + why.rest(repeated).toNanos();
    rests++;
    trialUnderWay = false;
    failuresInARow = 0;
    latest.clear();
  }
}
