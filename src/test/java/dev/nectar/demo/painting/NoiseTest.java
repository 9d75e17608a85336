package dev.nectar.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseTest {

  private final Noise noise = new Noise(new SplittableRandom(1));
  private final SplittableRandom points = new SplittableRandom(2);

  @Test
  void noise_anywhere_staysInItsRange() {
    for (var i = 0; i < 10_000; i++) {
      var x = points.nextDouble(-500, 500);
      var y = points.nextDouble(-500, 500);

      assertThat(noise.at(x, y)).isBetween(-1.0, 1.0);
      assertThat(noise.cloud(x, y, 5)).isBetween(-1.0, 1.0);
      assertThat(noise.crest(x, y, 5)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void noise_acrossACellsEdge_hasNoStep() {
    for (var cell = -3; cell <= 3; cell++) {
      assertThat(noise.at(cell - 1e-9, 0.3)).isCloseTo(noise.at(cell + 1e-9, 0.3), within(1e-6));
      assertThat(noise.at(0.3, cell - 1e-9)).isCloseTo(noise.at(0.3, cell + 1e-9), within(1e-6));
    }
  }

  @Test
  void noise_ofAnotherChance_isAnother() {
    var other = new Noise(new SplittableRandom(3));

    assertThat(other.at(0.4, 0.6)).isNotEqualTo(noise.at(0.4, 0.6));
  }
}
