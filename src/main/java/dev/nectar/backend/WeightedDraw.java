package dev.nectar.backend;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Draws without repetition, each time with a chance in proportion to the weights that are left. */
public final class WeightedDraw {

  private record Drawn<T>(T item, boolean last, double rank) {}

  private WeightedDraw() {}

  /**
   * All items in the order of a draw; those of weight 0 come last, in any order. Ranks are exponential
   * variates (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
   */
  public static <T> List<T> order(
      List<T> items, ToDoubleFunction<T> weight, RandomGenerator random) {
    return items.stream()
        .map(item -> drawn(item, weight.applyAsDouble(item), random.nextExponential()))
        .sorted(Comparator.<Drawn<T>, Boolean>comparing(Drawn::last).thenComparing(Drawn::rank))
        .map(Drawn::item)
        .toList();
  }

  private static <T> Drawn<T> drawn(T item, double weight, double variate) {
    return weight == 0 ? new Drawn<>(item, true, variate) : new Drawn<>(item, false, variate / weight);
  }
}
