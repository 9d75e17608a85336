package dev.nectar.backend;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Draws without repetition, each time with a chance in proportion to the weights that are left. */
public final class WeightedDraw {

  private record Drawn<T>(T item, double rank, double variate) {}

  private WeightedDraw() {}

  /**
   * All items in the order of a draw; those of weight 0 come last, in any order. Ranks are
   * exponential variates (Efraimidis and Spirakis, "Weighted random sampling with a reservoir",
   * 2006), infinite for weight 0.
   */
  public static <T> List<T> order(
      List<T> items, ToDoubleFunction<T> weight, RandomGenerator random) {
    return items.stream()
        .map(item -> drawn(item, weight.applyAsDouble(item), random.nextExponential()))
        .sorted(
            Comparator.<Drawn<T>>comparingDouble(Drawn::rank).thenComparingDouble(Drawn::variate))
        .map(Drawn::item)
        .toList();
  }

  private static <T> Drawn<T> drawn(T item, double weight, double variate) {
    return new Drawn<>(item, variate / weight, variate);
  }
}
