package dev.nectar.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostMetersTest {

  private static final String A = "https://a.example";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CostMeters meters =
      new CostMeters(
          new Painters(
              Map.of(A, Map.of("sketch", "flux")), null, "turbo", Set.of("sketch", "flux", "gpt")),
          registry);

  private void paint(String backend, @Nullable String model, @Nullable String cost) {
    meters.count(
        new Painting(backend, model, "backend", cost == null ? null : new BigDecimal(cost)));
  }

  private double cost(String backend, String model) {
    return registry
        .get("nectar.cost")
        .tags("backend", backend, "model", model)
        .functionCounter()
        .count();
  }

  @Test
  void models_thatCanBeSent_areThereFromTheStart() {
    assertThat(registry.find("nectar.cost").functionCounters())
        .extracting(FunctionCounter::getId)
        .extracting(id -> id.getTag("backend") + " " + id.getTag("model"))
        .containsExactlyInAnyOrder(A + " flux", A + " gpt", A + " other", "fallback other");
    assertThat(cost(A, "flux")).isZero();
  }

  @Test
  void sums_areExact() {
    for (var i = 0; i < 10; i++) {
      paint(A, "flux", "0.1");
    }
    paint(A, "flux", null);

    assertThat(cost(A, "flux")).isEqualTo(1.0);
  }

  @Test
  void models_thatNobodyHasNamed_areOthers() {
    for (var i = 0; i < 1_000; i++) {
      paint(A, "made-up-" + i, "1");
    }
    paint(A, null, "1");
    paint("fallback", "turbo", "2");

    assertThat(cost(A, "other")).isEqualTo(1_001);
    assertThat(cost("fallback", "other")).isEqualTo(2);
    assertThat(registry.find("nectar.cost").functionCounters()).hasSize(4);
  }
}
