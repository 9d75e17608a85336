package dev.nectar.observe;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.Stream;

/** Timers of what takes from a few milliseconds to some minutes, as histograms. */
public final class Histograms {

  private static final Duration[] BUCKETS =
      Stream.of(
              10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 15_000, 20_000, 30_000, 45_000,
              60_000, 90_000, 120_000, 180_000, 300_000, 600_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private Histograms() {}

  public static Timer.Builder named(String name) {
    return Timer.builder(name).serviceLevelObjectives(BUCKETS);
  }
}
