package dev.nectar.observe;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How long the stages of generations take, {@code nectar.stage}, and where they are in a trace. */
public final class StageTimes {

  /** What is timed; attempts are in a trace in the place of the stage that makes them. */
  public enum Stage {
    OPTIMIZE,
    BACKENDS,
    REWRITE,
    FALLBACK,
    UPLOAD,
    STORE;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
  private final Ticker ticker;

  /** All of them are there from the start, at zero. */
  public StageTimes(MeterRegistry registry, Ticker ticker) {
    this.ticker = ticker;
    for (var stage : Stage.values()) {
      timers.put(
          stage, Histograms.named("nectar.stage").tag("stage", stage.label).register(registry));
    }
  }

  public <T, E extends Exception> T of(Stage stage, Step.Task<T, E> task) throws E {
    var start = ticker.read();
    try {
      return stage == Stage.BACKENDS ? task.run() : Step.of(stage.label, task);
    } finally {
      requireNonNull(timers.get(stage)).record(ticker.read() - start, NANOSECONDS);
    }
  }
}
