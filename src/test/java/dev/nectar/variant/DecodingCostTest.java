package dev.nectar.variant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.image.ImageTraits;
import org.junit.jupiter.api.Test;

/** In a heap of 512 MB. */
class DecodingCostTest {

  private static final int THUMBNAIL = 320;

  private final MemoryBudget budget = new MemoryBudget(64 << 20, 128 << 20);

  private static DecodingCost cost(
      ImageFormat format, int width, int height, boolean buffered, long losslessBytes, int edge) {
    var size = new ImageSize(width, height);
    return DecodingCost.of(
        new ImageTraits(format, size, size, buffered, losslessBytes), 2_000_000, edge);
  }

  private boolean isCovered(ImageFormat format, int edge, boolean buffered, long losslessBytes) {
    return budget.covers(cost(format, edge, edge, buffered, losslessBytes, THUMBNAIL));
  }

  @Test
  void thumbnails_ofWhatBackEndsPaint_areWithinTheBudget() {
    assertThat(isCovered(ImageFormat.PNG, 10_000, false, 0)).isTrue();
    assertThat(isCovered(ImageFormat.GIF, 10_000, false, 0)).isTrue();
    assertThat(isCovered(ImageFormat.JPEG, 10_000, false, 0)).isTrue();
    assertThat(isCovered(ImageFormat.JPEG, 4_096, true, 0)).isTrue();
    assertThat(isCovered(ImageFormat.WEBP, 4_096, false, 0)).isTrue();
    assertThat(isCovered(ImageFormat.WEBP, 2_048, true, 0)).isTrue();
    assertThat(isCovered(ImageFormat.WEBP, 1_024, true, 10_000)).isTrue();
  }

  @Test
  void images_thatDecodersHoldWhole_areNot() {
    assertThat(isCovered(ImageFormat.JPEG, 10_000, true, 0)).isFalse();
    assertThat(isCovered(ImageFormat.WEBP, 10_000, true, 0)).isFalse();
    assertThat(isCovered(ImageFormat.WEBP, 1_024, true, 1_000_000)).isFalse();
  }

  @Test
  void result_ofAllPixels_countsAll() {
    var whole = cost(ImageFormat.PNG, 10_000, 10_000, false, 0, 10_000);

    assertThat(whole.heap()).isGreaterThan(12L * 10_000 * 10_000);
    assertThat(whole.outside()).isZero();
  }
}
