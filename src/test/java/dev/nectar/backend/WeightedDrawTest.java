package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedDrawTest {

  private static final int DRAWS = 1_000;

  private final Random random = new Random(20_260_501);

  @Test
  void shares_areThoseOfTheWeights() {
    assertShares(Map.of("a", 1.0, "b", 1.0, "c", 2.0));
    assertShares(Map.of("a", 0.5, "b", 0.25, "c", 0.25));
    assertShares(Map.of("a", 9.0, "b", 1.0, "c", 0.0));
    assertShares(Map.of("a", 1.0, "b", 0.0));
    assertShares(Map.of("a", 1e-9, "b", 3e-9));
  }

  @Test
  void order_repeatsNobodyAndLeavesNobodyOut() {
    for (var draw = 0; draw < DRAWS; draw++) {
      assertThat(order(Map.of("a", 3.0, "b", 0.1, "c", 0.0)))
          .containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void weightZero_comesLast() {
    for (var draw = 0; draw < DRAWS; draw++) {
      assertThat(order(Map.of("a", 0.001, "b", 0.0, "c", 1000.0))).endsWith("b");
    }
  }

  @Test
  void weightsAllZero_areDrawnAlike() {
    var first = 0;
    for (var draw = 0; draw < DRAWS; draw++) {
      first += order(Map.of("a", 0.0, "b", 0.0)).getFirst().equals("a") ? 1 : 0;
    }

    assertThat(first / (double) DRAWS).isCloseTo(0.5, within(0.05));
  }

  private void assertShares(Map<String, Double> weights) {
    var firsts = new HashMap<String, Integer>();
    for (var draw = 0; draw < DRAWS; draw++) {
      firsts.merge(order(weights).getFirst(), 1, Integer::sum);
    }
    var total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    weights.forEach((item, weight) ->
        assertThat(firsts.getOrDefault(item, 0) / (double) DRAWS)
            .as("%s of %s", item, weights)
            .isCloseTo(weight / total, within(0.03)));
  }

  private List<String> order(Map<String, Double> weights) {
    return WeightedDraw.order(
        List.copyOf(weights.keySet()), item -> weights.getOrDefault(item, 0.0), random);
  }
}
