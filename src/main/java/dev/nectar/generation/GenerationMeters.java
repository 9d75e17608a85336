package dev.nectar.generation;

import static java.util.Objects.requireNonNull;

import dev.nectar.cache.Provenance;
import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.generation.ImageAnswer.CacheUse;
import dev.nectar.image.ImageSource;
import dev.nectar.observe.Histograms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How requests were answered, since the start, and how long generations took: {@code
 * nectar.requests} and {@code nectar.generation}.
 */
final class GenerationMeters {

  /** How a request ended. */
  private enum Outcome {
    IMAGE,
    REDIRECT,
    REFUSED,
    FAILED,
    TIMEOUT,
    OVERLOADED,
    LIMITED;

    static Outcome of(GenerationResult result) {
      return switch (result) {
        case GenerationResult.Stored _, GenerationResult.Made _ -> IMAGE;
        case GenerationResult.Hosted _ -> REDIRECT;
        case GenerationResult.Failed(_, var reason) ->
            reason == Reason.CONTENT_REFUSED ? REFUSED : FAILED;
        case GenerationResult.InputsGone _ -> FAILED;
        case GenerationResult.TimedOut _, GenerationResult.CallerGone _ -> TIMEOUT;
        case GenerationResult.Overloaded _,
            GenerationResult.ShuttingDown _,
            GenerationResult.LedgerUnreadable _,
            GenerationResult.BackendsOutOfBudget _ ->
            OVERLOADED;
        case GenerationResult.RateLimited _,
            GenerationResult.ModelNotAllowed _,
            GenerationResult.BudgetUsedUp _ ->
            LIMITED;
      };
    }
  }

  /** Who made the image. */
  private enum Source {
    BACKEND,
    FALLBACK,
    NONE;

    static Source of(GenerationResult result) {
      return switch (result) {
        case GenerationResult.Stored(var entry) -> of(entry.provenance());
        case GenerationResult.Hosted(var entry) -> of(entry.provenance());
        case GenerationResult.Made(_, var provenance, _) -> of(provenance);
        case GenerationResult.NoImage _ -> NONE;
      };
    }

    private static Source of(Provenance provenance) {
      return switch (provenance.source()) {
        case ImageSource.BACKEND -> BACKEND;
        case ImageSource.FALLBACK -> FALLBACK;
      };
    }

    private boolean goesWith(Outcome outcome) {
      return WITH_IMAGE.contains(outcome) == (this != NONE);
    }
  }

  private static final Set<Outcome> WITH_IMAGE = EnumSet.of(Outcome.IMAGE, Outcome.REDIRECT);

  private final Map<CacheUse, Map<Outcome, Counter>> requests = new EnumMap<>(CacheUse.class);
  private final Map<Source, Map<Outcome, Timer>> generations = new EnumMap<>(Source.class);

  /** All of them are there from the start, at zero. */
  GenerationMeters(MeterRegistry registry, Admission admission) {
    for (var use : CacheUse.values()) {
      var counters = new EnumMap<Outcome, Counter>(Outcome.class);
      for (var outcome : Outcome.values()) {
        counters.put(
            outcome,
            registry.counter("nectar.requests", "use", lower(use), "outcome", lower(outcome)));
      }
      requests.put(use, counters);
    }
    for (var source : Source.values()) {
      var timers = new EnumMap<Outcome, Timer>(Outcome.class);
      Arrays.stream(Outcome.values())
          .filter(source::goesWith)
          .forEach(outcome -> timers.put(outcome, timer(registry, source, outcome)));
      generations.put(source, timers);
    }
    registry.gauge("nectar.generating", admission, Admission::running);
    registry.gauge("nectar.waiting", admission, Admission::waiting);
  }

  private static Timer timer(MeterRegistry registry, Source source, Outcome outcome) {
    return Histograms.named("nectar.generation")
        .tags("source", lower(source), "outcome", lower(outcome))
        .register(registry);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  ImageAnswer count(ImageAnswer answer) {
    counter(answer.cacheUse(), Outcome.of(answer.result())).increment();
    return answer;
  }

  private Counter counter(CacheUse use, Outcome outcome) {
    return requireNonNull(requireNonNull(requests.get(use)).get(outcome));
  }

  /** Takes down how long a generation took, from when it was asked for. */
  void time(GenerationResult result, Duration duration) {
    requireNonNull(requireNonNull(generations.get(Source.of(result))).get(Outcome.of(result)))
        .record(duration);
  }

  /** In one word. */
  static String outcome(GenerationResult result) {
    return lower(Outcome.of(result));
  }

  long of(CacheUse use) {
    return sum(use, EnumSet.allOf(Outcome.class));
  }

  /** Requests that got no image. */
  long failed(CacheUse use) {
    return sum(use, EnumSet.complementOf(EnumSet.copyOf(WITH_IMAGE)));
  }

  private long sum(CacheUse use, Set<Outcome> outcomes) {
    return (long)
        outcomes.stream().map(outcome -> counter(use, outcome)).mapToDouble(Counter::count).sum();
  }
}
