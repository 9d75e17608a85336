package dev.nectar.generation;

import dev.nectar.generation.ImageAnswer.CacheUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;

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
        case GenerationResult.Failed(_, var contentRefused) -> contentRefused ? REFUSED : FAILED;
        case GenerationResult.TimedOut _ -> TIMEOUT;
        case GenerationResult.Overloaded _, GenerationResult.ShuttingDown _ -> OVERLOADED;
        case GenerationResult.RateLimited _ -> LIMITED;
      };
    }
  }

  /** By use and outcome: a hit is counted without a look-up by names. */
  private final Counter[][] requests;

  GenerationMeters(MeterRegistry registry, Admission admission) {
    this.requests =
        Arrays.stream(CacheUse.values())
            .map(use ->
                Arrays.stream(Outcome.values())
                    .map(outcome ->
                        registry.counter(REQUESTS, "use", lower(use), "outcome", lower(outcome)))
                    .toArray(Counter[]::new))
            .toArray(Counter[][]::new);
    registry.gauge("nectar.generating", admission, Admission::running);
    registry.gauge("nectar.waiting", admission, Admission::waiting);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  ImageAnswer count(ImageAnswer answer) {
    requests[answer.cacheUse().ordinal()][Outcome.of(answer.result()).ordinal()].increment();
    return answer;
  }

  long of(CacheUse use) {
    return sum(use, _ -> true);
  }

  /** Requests that got no image. */
  long failed() {
    return Arrays.stream(CacheUse.values())
        .mapToLong(
            use -> sum(use, outcome -> outcome != Outcome.IMAGE && outcome != Outcome.REDIRECT))
        .sum();
  }

  private long sum(CacheUse use, Predicate<Outcome> counts) {
    return (long)
        Arrays.stream(Outcome.values())
            .filter(counts)
            .mapToDouble(outcome -> requests[use.ordinal()][outcome.ordinal()].count())
            .sum();
  }
}
