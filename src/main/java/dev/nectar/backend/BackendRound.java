package dev.nectar.backend;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.BackendReply.Unfit.Lack;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks the back ends, drawn by weight, one after the other. */
public final class BackendRound {

  /** What back ends may cost. */
  @FunctionalInterface
  public interface Budgets {

    /** When a back end may be asked again that has used its budget up; empty if it may now. */
    Optional<Instant> usedUpUntil(String backend);
  }

  private final List<Backend> backends;
  private final Budgets budgets;
  private final int refusalLimit;
  private final Duration attemptTimeout;
  private final Ticker ticker;
  private final RandomGenerator random;

  /** A round of back ends that may cost what they like. */
  public BackendRound(
      List<Backend> backends,
      int refusalLimit,
      Duration attemptTimeout,
      Ticker ticker,
      RandomGenerator random) {
    this(backends, _ -> Optional.empty(), refusalLimit, attemptTimeout, ticker, random);
  }

  public BackendRound(
      List<Backend> backends,
      Budgets budgets,
      int refusalLimit,
      Duration attemptTimeout,
      Ticker ticker,
      RandomGenerator random) {
    this.backends = List.copyOf(backends);
    this.budgets = budgets;
    this.refusalLimit = refusalLimit;
    this.attemptTimeout = attemptTimeout;
    this.ticker = ticker;
    this.random = random;
  }

  public List<BackendStatus> status() {
    return backends.stream()
        .map(backend -> mayBeAsked(backend) ? backend.status() : backend.status().outOfBudget())
        .toList();
  }

  /** Whether each is drawn like any other, by name. */
  public Map<String, BooleanSupplier> up() {
    return backends.stream()
        .collect(
            toUnmodifiableMap(
                Backend::name, backend -> () -> mayBeAsked(backend) && !backend.isResting()));
  }

  private boolean mayBeAsked(Backend backend) {
    return budgets.usedUpUntil(backend.name()).isEmpty();
  }

  /**
   * Asks until one paints, enough have refused, or none is left. If all rest, one is asked all the
   * same: when all fail, a request costs one call. Who has used up its budget is never asked.
   */
  public RoundOutcome paint(PaintRequest request, Deadline deadline, Watcher watcher) {
    var tally = new Tally(request, deadline, watcher);
    var affordable = backends.stream().filter(this::mayBeAsked).toList();
    if (affordable.isEmpty() && !backends.isEmpty()) {
      return new RoundOutcome.OutOfBudget(nextPeriod());
    }
    var drawn = drawn(affordable, request);
    for (var backend : drawn) {
      if (tally.isSettled() || deadline.hasPassed()) {
        return tally.outcome();
      }
      backend.admit().ifPresent(admission -> tally.ask(backend, admission));
    }
    if (tally.attempts == 0 && !deadline.hasPassed()) {
      drawn.stream().findFirst().ifPresent(backend -> tally.ask(backend, backend.insist()));
    }
    return tally.outcome();
  }

  /** Whoever would change what is to stay is asked only when all others have been. */
  private List<Backend> drawn(List<Backend> affordable, PaintRequest request) {
    var drawn = WeightedDraw.order(affordable, Backend::weight, random);
    return request.inputs().mask() == null
        ? drawn
        : drawn.stream().sorted(comparing(backend -> !backend.takesMasks())).toList();
  }

  /** The first of all; now if one has just begun. */
  private Instant nextPeriod() {
    return backends.stream()
        .map(backend -> budgets.usedUpUntil(backend.name()).orElse(Instant.MIN))
        .min(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  /** One round so far. */
  private final class Tally {

    private final PaintRequest request;
    private final Deadline deadline;
    private final Watcher watcher;
    private final Set<String> kinds = new LinkedHashSet<>();
    private int attempts;
    private RoundOutcome.@Nullable Done done;
    private int refusals;
    private boolean allCertain = true;
    private boolean modelUnknown = true;
    private boolean tooLong;

    /** Whether one had no say: it failed, was busy or locks this server out. */
    private boolean anyOutOfOrder;

    private boolean unclear;

    Tally(PaintRequest request, Deadline deadline, Watcher watcher) {
      this.request = request;
      this.deadline = deadline;
      this.watcher = watcher;
    }

    void ask(Backend backend, BackendHealth.Admission admission) {
      attempts++;
      watcher.asking(attempts, backends.size());
      var start = ticker.read();
      var reply = backend.ask(request, deadline.atMost(attemptTimeout), admission);
      var duration = Duration.ofNanos(ticker.read() - start);
      watcher.answered(Attempt.of(backend.name(), request, reply, duration));
      count(backend, reply);
    }

    private void count(Backend backend, BackendReply reply) {
      switch (reply) {
        case Painted painted -> done = new RoundOutcome.Done(painted, backend.name());
        case Declined declined -> {
          kinds.add(declined.kind());
          allCertain &= declined instanceof Refused(var certain, _) && certain;
          refusals += declined instanceof Refused ? 1 : 0;
          modelUnknown &= declined instanceof Unfit(var lack, _) && lack == Lack.MODEL;
          tooLong |= declined instanceof TooLong;
          anyOutOfOrder |= isOutOfOrder(declined);
          // Many say no more than this of a prompt that they do not like.
          unclear |= declined instanceof Unclear(var evidence) && evidence.status() == 400;
        }
      }
    }

    private static boolean isOutOfOrder(Declined declined) {
      return switch (declined) {
        case Failed _, Busy _, LockedOut _ -> true;
        case Refused _, Unfit _, TooLong _, Unclear _ -> false;
      };
    }

    boolean isSettled() {
      return done != null || refusals >= refusalLimit;
    }

    RoundOutcome outcome() {
      if (done != null) {
        return done;
      }
      if (refusals > 0) {
        return new RoundOutcome.Blocked(kinds, allCertain);
      }
      // Whoever rests or came too late might have painted.
      var allHadASay = attempts > 0 && attempts == backends.size() && !anyOutOfOrder;
      if (allHadASay && tooLong) {
        return new RoundOutcome.TooLong(kinds, unclear);
      }
      return allHadASay && modelUnknown
          ? new RoundOutcome.Unfit(kinds)
          : new RoundOutcome.Exhausted(kinds, unclear);
    }
  }

  /** Is told how a round goes. */
  public interface Watcher {

    /**
     * A back end is about to be asked.
     *
     * @param attempt in this round, from 1
     * @param of how many back ends there are to ask
     */
    void asking(int attempt, int of);

    void answered(Attempt attempt);
  }
}
