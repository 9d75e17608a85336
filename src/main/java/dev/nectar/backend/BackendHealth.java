package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Rests a back end that fails repeatedly: three times in a row, or five of ten. After a while,
 * longer each time, one trial decides.
 */
final class BackendHealth {

  private static final Duration FIRST_REST = Duration.ofSeconds(10);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /** A back end that asks for more is asked again all the same. */
  private static final Duration LONGEST_REQUESTED_REST = Duration.ofHours(1);

  private final CircuitBreaker breaker;

  BackendHealth(String name, Ticker ticker) {
    var start = ticker.read();
    InstantSource steady = () -> Instant.EPOCH.plusNanos(ticker.read() - start);
    breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(10)
                .minimumNumberOfCalls(3)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(FIRST_REST, 2, LONGEST_REST))
                .clock(steady.withZone(ZoneOffset.UTC))
                .build());
  }

  boolean isResting() {
    return breaker.getState() != CircuitBreaker.State.CLOSED;
  }

  /**
   * Whether to ask now: it is up, or this is its one trial. Whoever is told so must record the
   * outcome.
   */
  boolean admits() {
    return breaker.tryAcquirePermission();
  }

  /** A conversation that worked, whether or not it brought an image. */
  void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      breaker.transitionToClosedState();
    }
  }

  void failed() {
    breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("failed"));
  }

  /** It failed and named how long it wants to rest. */
  void failedFor(Duration rest) {
    failed();
    breaker.transitionToOpenStateFor(
        rest.compareTo(LONGEST_REQUESTED_REST) < 0 ? rest : LONGEST_REQUESTED_REST);
  }

  /** It was admitted and then not asked, or not to an end. */
  void undecided() {
    breaker.releasePermission();
  }
}
