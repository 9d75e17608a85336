package dev.nectar.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CanvasTest {

  @Test
  void point_upAndRight_isPaintedThere() {
    var image = paint((x, y) -> x > 0 && y > 0 ? Rgb.WHITE : Rgb.BLACK, 40, 20);

    assertThat(grey(image, 35, 3)).isEqualTo(255);
    assertThat(grey(image, 5, 3)).isZero();
    assertThat(grey(image, 35, 17)).isZero();
  }

  @Test
  void shorterEdge_fromEndToEnd_runsFromMinusOneToOne() {
    var image =
        paint((x, y) -> Math.abs(y) > 0.9 || Math.abs(x) > 1.9 ? Rgb.WHITE : Rgb.BLACK, 40, 20);

    assertThat(grey(image, 20, 0)).isEqualTo(255);
    assertThat(grey(image, 0, 10)).isEqualTo(255);
    assertThat(grey(image, 2, 2)).isZero();
  }

  @Test
  void edge_acrossAPixel_isPaintedAsAMean() {
    var image = paint((x, _) -> x > 0.5 / 16 ? Rgb.WHITE : Rgb.BLACK, 16, 16);

    assertThat(grey(image, 8, 8)).isBetween(100, 220);
  }

  @Test
  void evenArea_ofAnyKind_isLookedAtOncePerPixel() {
    var looks = new AtomicInteger();
    paint(
        (_, _) -> {
          looks.incrementAndGet();
          return Rgb.WHITE;
        },
        20,
        20);

    assertThat(looks).hasValueLessThan(20 * 24);
  }

  private static BufferedImage paint(Canvas.Scene scene, int width, int height) {
    return new Canvas(scene, new Picture("", width, height, 0)).painted();
  }

  private static int grey(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y)).getGreen();
  }
}
