package dev.nectar.generation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.generation.GenerationGate.Entry;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class GenerationGateTest {

  private final GenerationGate gate = new GenerationGate(2);

  @Test
  void places_free_areGivenAtOnce() {
    assertThat(gate.enter(in(Duration.ZERO))).isEqualTo(Entry.ENTERED);
    assertThat(gate.enter(in(Duration.ZERO))).isEqualTo(Entry.ENTERED);
    assertThat(gate.running()).isEqualTo(2);
  }

  @Test
  void deadline_beforeAPlace_isTooLate() {
    fill();

    assertThat(gate.enter(in(Duration.ofMillis(1)))).isEqualTo(Entry.TOO_LATE);
    assertThat(gate.waiting()).isZero();
    assertThat(gate.running()).isEqualTo(2);
  }

  @Test
  void line_full_isToldAtOnceAndAllInItGetAPlace() throws Exception {
    fill();
    var entered = new ArrayList<CompletableFuture<Entry>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 8; i++) {
        entered.add(
            CompletableFuture.supplyAsync(() -> gate.enter(in(Duration.ofMinutes(1))), threads));
      }
      await().untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(8));

      assertThat(gate.enter(in(Duration.ofMinutes(1)))).isEqualTo(Entry.LINE_TOO_LONG);
      for (var i = 0; i < 8; i++) {
        gate.leave();
      }
      for (var one : entered) {
        assertThat(one.get(10, SECONDS)).isEqualTo(Entry.ENTERED);
      }
    }
    assertThat(gate.waiting()).isZero();
    assertThat(gate.running()).isEqualTo(2);
  }

  @Test
  void peaks_areTheMostSinceTheyWereLastAsked() {
    fill();
    gate.leave();
    gate.leave();

    assertThat(gate.peaks()).isEqualTo(new GenerationStatus.Peaks(2, 0));
    assertThat(gate.peaks()).isEqualTo(new GenerationStatus.Peaks(0, 0));
  }

  @Test
  void peaks_ofWhatGoesOn_stay() {
    fill();
    assertThat(gate.enter(in(Duration.ofMillis(1)))).isEqualTo(Entry.TOO_LATE);

    assertThat(gate.peaks()).isEqualTo(new GenerationStatus.Peaks(2, 1));
    assertThat(gate.peaks()).isEqualTo(new GenerationStatus.Peaks(2, 0));
  }

  private void fill() {
    assertThat(gate.enter(in(Duration.ZERO))).isEqualTo(Entry.ENTERED);
    assertThat(gate.enter(in(Duration.ZERO))).isEqualTo(Entry.ENTERED);
  }

  private static Deadline in(Duration time) {
    return Deadline.in(time, InstantSource.system());
  }
}
