package dev.nectar.demo.painting;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PainterTest {

  /** One for every kind of scene. */
  private static final String[] PROMPTS = {
    "a red apple", "cherries", "mountains by a lake", "abstract silk", "a city at night"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {"a red apple", "cherries", "mountains by a lake", "abstract silk", "a night city"})
  void picture_paintedTwice_hasTheSameBytes(String prompt) throws IOException {
    assertThat(png(paint(prompt, 64, 48, 42))).isEqualTo(png(paint(prompt, 64, 48, 42)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a red apple", "cherries", "mountains by a lake", "abstract silk", "a night city"})
  void picture_withAnotherSeed_isClearlyAnother(String prompt) {
    assertThat(difference(paint(prompt, 64, 64, 1), paint(prompt, 64, 64, 2))).isGreaterThan(4);
  }

  @Test
  void picture_ofAnotherPrompt_isClearlyAnother() {
    for (var one : PROMPTS) {
      for (var other : PROMPTS) {
        if (!one.equals(other)) {
          assertThat(difference(paint(one, 48, 48, 42), paint(other, 48, 48, 42)))
              .as("%s and %s", one, other)
              .isGreaterThan(12);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"16,16", "16,4096", "4096,16", "333,100", "100,333"})
  void size_asked_isTheSizePainted(int width, int height) {
    for (var prompt : PROMPTS) {
      var image = paint(prompt, width, height, 42);

      assertThat(image.getWidth()).isEqualTo(width);
      assertThat(image.getHeight()).isEqualTo(height);
      assertThat(contrast(image)).as(prompt).isGreaterThan(40);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 42, -1, Long.MAX_VALUE})
  void redApple_inItsMiddle_isRed(long seed) {
    var middle = new Color(paint("a red apple", 64, 64, seed).getRGB(32, 36));

    assertThat(middle.getRed()).isGreaterThan(90);
    assertThat(middle.getRed()).isGreaterThan(2 * middle.getGreen());
    assertThat(middle.getRed()).isGreaterThan(2 * middle.getBlue());
  }

  @Test
  void apple_withAColourNamed_hasIt() {
    var middle = new Color(paint("one green apple", 64, 64, 42).getRGB(32, 38));

    assertThat(middle.getGreen()).isGreaterThan(middle.getRed());
    assertThat(middle.getGreen()).isGreaterThan(2 * middle.getBlue());
  }

  @Test
  void night_besideDay_isDark() {
    assertThat(brightness(paint("mountains at night", 64, 64, 3)))
        .isLessThan(0.5 * brightness(paint("mountains by day", 64, 64, 3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "🍎", "gibberish xyzzy", "梨"})
  void prompt_thatNamesNothingKnown_isPaintedAllTheSame(String prompt) {
    assertThat(contrast(paint(prompt, 32, 32, 42))).isGreaterThan(40);
  }

  private static BufferedImage paint(String prompt, int width, int height, long seed) {
    return Painter.paint(new Picture(prompt, width, height, seed));
  }

  private static byte[] png(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** The mean difference of all channels, of 255. */
  private static double difference(BufferedImage one, BufferedImage other) {
    var a = samples(one);
    var b = samples(other);
    var sum = 0.0;
    for (var i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  private static int contrast(BufferedImage image) {
    var statistics = Arrays.stream(samples(image)).summaryStatistics();
    return statistics.getMax() - statistics.getMin();
  }

  private static double brightness(BufferedImage image) {
    return Arrays.stream(samples(image)).average().orElseThrow();
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
  }
}
