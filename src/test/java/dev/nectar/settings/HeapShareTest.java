package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapShareTest {

  @Test
  void shares_together_leaveASixthOfTheHeap() {
    assertThat(Stream.of(HeapShare.values()).mapToDouble(HeapShare::share).sum())
        .isLessThanOrEqualTo(5.0 / 6);
    assertThat(HeapShare.values()).allSatisfy(share -> assertThat(share.share()).isPositive());
  }

  @Test
  void connections_fitIntoTheirShare() {
    assertThat(HeapShare.connections()).isBetween(1, 16_384);
    assertThat(HeapShare.connections() * 110L * 1_024)
        .isLessThanOrEqualTo(HeapShare.CONNECTIONS.bytes())
        .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() * 2 / 5);
  }

  @Test
  void waiters_leaveHalfOfTheConnections() {
    assertThat(HeapShare.waiters()).isPositive().isEqualTo(HeapShare.connections() / 2);
  }
}
