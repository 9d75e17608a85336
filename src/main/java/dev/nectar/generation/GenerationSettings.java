package dev.nectar.generation;

import dev.nectar.settings.HeapShare;
import dev.nectar.settings.Setting;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * What one generation may take, and how many may run.
 *
 * @param timeout of a whole generation
 * @param maxConcurrent above it generations wait in a queue
 * @param shutdownTimeout how long those under way may go on after a stop
 */
public record GenerationSettings(
    @Setting(value = "GENERATION_TIMEOUT", fallback = "6m") @DurationMin(millis = 1)
        Duration timeout,
    @Setting(value = "MAX_CONCURRENT_GENERATIONS", fallback = "256") @Min(1) @Max(100_000)
        int maxConcurrent,
    @Setting(value = "SHUTDOWN_TIMEOUT", fallback = "60s") Duration shutdownTimeout) {

  /** Requests that may wait for images at a time; all others are turned away. */
  int maxWaiters() {
    return HeapShare.waiters();
  }
}
