package dev.nectar.backend;

import static java.util.Objects.requireNonNull;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.LockedOut;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.TooLong;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.observe.Histograms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the attempts at a back end went, since the start: {@code nectar.backend.attempts} and {@code
 * nectar.backend.attempt}.
 */
final class AttemptMeters {

  private static final String ATTEMPTS = "nectar.backend.attempts";

  /** So many of the latest pictures tell how long one takes. */
  private static final int LATEST = 101;

  /** What an attempt came to. */
  private enum Outcome {
    PAINTED,
    REFUSED,
    UNCERTAIN,
    UNFIT,
    TOO_LONG,
    UNCLEAR,
    LOCKED_OUT,
    BUSY,
    FAILED;

    static Outcome of(BackendReply reply) {
      return switch (reply) {
        case Painted _ -> PAINTED;
        case Refused(var certain, _) -> certain ? REFUSED : UNCERTAIN;
        case Unfit _ -> UNFIT;
        case TooLong _ -> TOO_LONG;
        case Unclear _ -> UNCLEAR;
        case LockedOut _ -> LOCKED_OUT;
        case Busy _ -> BUSY;
        case Failed _ -> FAILED;
      };
    }
  }

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
  private final Timer timer;
  private final long[] latestMillis = new long[LATEST];
  private int painted;

  /** All of them are there from the start, at zero. */
  AttemptMeters(MeterRegistry registry, String backend) {
    for (var outcome : Outcome.values()) {
      counters.put(
          outcome,
          registry.counter(
              ATTEMPTS, "backend", backend, "outcome", outcome.name().toLowerCase(Locale.ROOT)));
    }
    timer = Histograms.named("nectar.backend.attempt").tag("backend", backend).register(registry);
  }

  /** Of a back end that is asked again where it does not support a part of what it is asked. */
  AttemptMeters(MeterRegistry registry, String backend, Negotiation negotiation) {
    this(registry, backend);
    FunctionCounter.builder(ATTEMPTS, negotiation, Negotiation::unsupported)
        .tags("backend", backend, "outcome", "unsupported")
        .register(registry);
  }

  void count(BackendReply reply, Duration duration) {
    if (!reply.isOfAttempt()) {
      return;
    }
    counter(Outcome.of(reply)).increment();
    timer.record(duration);
    if (reply instanceof Painted) {
      keep(duration.toMillis());
    }
  }

  private synchronized void keep(long millis) {
    latestMillis[painted % LATEST] = millis;
    painted = painted + 1 < 2 * LATEST ? painted + 1 : LATEST;
  }

  /** That the latest pictures took; null if there is none. */
  synchronized @Nullable Long medianMillis() {
    var known = Arrays.copyOf(latestMillis, Math.min(painted, LATEST));
    Arrays.sort(known);
    return known.length == 0 ? null : known[known.length / 2];
  }

  BackendStatus.Counts counts() {
    return new BackendStatus.Counts(
        sum(Outcome.values()),
        sum(Outcome.PAINTED),
        sum(Outcome.LOCKED_OUT, Outcome.BUSY, Outcome.FAILED),
        sum(Outcome.REFUSED, Outcome.UNCERTAIN),
        sum(Outcome.UNCLEAR));
  }

  private long sum(Outcome... outcomes) {
    return (long) Arrays.stream(outcomes).mapToDouble(outcome -> counter(outcome).count()).sum();
  }

  private Counter counter(Outcome outcome) {
    return requireNonNull(counters.get(outcome));
  }

  /** In one word. */
  static String outcome(BackendReply reply) {
    return Outcome.of(reply).name().toLowerCase(Locale.ROOT);
  }
}
