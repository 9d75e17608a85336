package dev.nectar.account;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What pictures have cost since the start, by who painted: {@code nectar.cost}. */
public final class CostMeters {

  private record Painter(String backend, String model) {}

  private final Painters painters;
  private final MeterRegistry registry;
  private final Map<Painter, AtomicReference<BigDecimal>> sums = new ConcurrentHashMap<>();

  /** All that can be asked for are there from the start, at zero. */
  public CostMeters(Painters painters, MeterRegistry registry) {
    this.painters = painters;
    this.registry = registry;
    painters
        .names()
        .forEach(name -> painters.labels(name).forEach(model -> sum(new Painter(name, model))));
  }

  private AtomicReference<BigDecimal> sum(Painter painter) {
    return sums.computeIfAbsent(
        painter,
        _ -> {
          var sum = new AtomicReference<>(BigDecimal.ZERO);
          FunctionCounter.builder("nectar.cost", sum, exact -> exact.get().doubleValue())
              .tags("backend", painter.backend(), "model", painter.model())
              .register(registry);
          return sum;
        });
  }

  /** Nothing, if the cost is not known. */
  public void count(Painting painting) {
    if (painting.cost() != null) {
      sum(new Painter(painting.backend(), painters.label(painting.model())))
          .accumulateAndGet(painting.cost(), BigDecimal::add);
    }
  }
}
