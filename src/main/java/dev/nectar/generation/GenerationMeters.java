package dev.nectar.generation;

import dev.nectar.generation.GenerationResult.Failed.Reason;
import dev.nectar.generation.ImageAnswer.CacheUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How requests were answered, since the start: {@code nectar.requests}. */
final class GenerationMeters {

  private static final String REQUESTS = "nectar.requests";

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

  private final MeterRegistry registry;

  /** All of them are there from the start, at zero. */
  GenerationMeters(MeterRegistry registry, Admission admission) {
    this.registry = registry;
    for (var use : CacheUse.values()) {
      for (var outcome : Outcome.values()) {
        counter(use, outcome);
      }
    }
    registry.gauge("nectar.generating", admission, Admission::running);
    registry.gauge("nectar.waiting", admission, Admission::waiting);
  }

  private Counter counter(CacheUse use, Outcome outcome) {
    return registry.counter(REQUESTS, "use", lower(use), "outcome", lower(outcome));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  ImageAnswer count(ImageAnswer answer) {
    counter(answer.cacheUse(), Outcome.of(answer.result())).increment();
    return answer;
  }

  long of(CacheUse use) {
    return sum(use, EnumSet.allOf(Outcome.class));
  }

  /** Requests that got no image. */
  long failed(CacheUse use) {
    return sum(use, EnumSet.complementOf(EnumSet.of(Outcome.IMAGE, Outcome.REDIRECT)));
  }

  private long sum(CacheUse use, Set<Outcome> outcomes) {
    return (long)
        outcomes.stream().map(outcome -> counter(use, outcome)).mapToDouble(Counter::count).sum();
  }
}
