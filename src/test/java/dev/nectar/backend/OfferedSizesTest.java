package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.ImageSize;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferedSizesTest {

  @ParameterizedTest
  @CsvSource({
    // OpenAI's three: by ratio, however small
    "512x512, 1024x1024 1536x1024 1024x1536, 1024x1024",
    "1920x1080, 1024x1024 1536x1024 1024x1536, 1536x1024",
    "1080x1920, 1024x1024 1536x1024 1024x1536, 1024x1536",
    "1100x1000, 1024x1024 1536x1024 1024x1536, 1024x1024",
    // the logarithm of the ratio: 4:1 is as far from 2:1 as 1:1 is
    "1000x500, 1000x1000 1800x450, 1800x450",
    "1400x1000, 2000x1000 1000x1000, 1000x1000",
    "1420x1000, 2000x1000 1000x1000, 2000x1000",
    // then the area
    "700x700, 512x512 1024x1024, 512x512",
    "900x900, 512x512 1024x1024, 1024x1024",
    "1280x720, 1920x1080 640x360, 640x360",
    // upright and flat are equally far from a square
    "1000x1000, 1536x1024 600x900, 600x900",
    "300x200, 300x200, 300x200"
  })
  void listed_nearestInRatioThenInArea_isChosen(String wanted, String listed, String chosen) {
    var sizes = Arrays.stream(listed.split(" ")).map(OfferedSizesTest::size).toList();

    assertThat(OfferedSizes.NONE.orListed(sizes).nearest(size(wanted))).hasToString(chosen);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Volcengine: "image size must be at least 3686400 pixels"
        "1024x1024, 3686400, -, -, -, -, 1920x1920",
        "1920x1080, 3686400, -, -, -, -, 2560x1440",
        "4096x2160, 3686400, -, -, -, -, 4096x2160",
        "1000x1000, -, -, -, -, 16, 992x992",
        "1024x768, -, -, -, -, 16, 1024x768",
        "1000x1000, 3686400, -, -, -, 16, 1920x1920",
        "1001x777, 1000000, -, -, -, 64, 1152x896",
        "4000x4000, -, 1048576, -, -, -, 1024x1024",
        "4000x3000, -, -, -, 1440, 32, 1440x1088",
        "100x100, -, -, 256, 1440, -, 256x256",
        "2000x500, -, -, -, 1024, -, 1024x256",
        "4096x64, -, -, 256, 1440, -, 1440x256",
      })
  void limits_areMetInTheSameRatioAsFarAsItGoes(
      String wanted,
      @Nullable Integer minPixels,
      @Nullable Integer maxPixels,
      @Nullable Integer minEdge,
      @Nullable Integer maxEdge,
      @Nullable Integer multiple,
      String chosen) {
    var limits = new OfferedSizes(List.of(), minPixels, maxPixels, minEdge, maxEdge, multiple);

    assertThat(limits.nearest(size(wanted))).hasToString(chosen);
  }

  @Test
  void limits_thatContradictEachOther_leaveNone() {
    var limits = new OfferedSizes(List.of(), 1_000_000, null, null, 500, null);

    assertThat(limits.nearest(size("1024x1024"))).isNull();
  }

  @Test
  void listed_beyondTheLimits_areNotChosen() {
    var limits = new OfferedSizes(List.of(), 3_686_400, null, null, null, null);

    var sizes = limits.orListed(List.of(size("1024x1024"), size("2048x2048")));
    assertThat(sizes.nearest(size("1024x1024"))).hasToString("2048x2048");
  }

  @Test
  void laterOffer_addsToAnEarlierOne() {
    var earlier = new OfferedSizes(List.of(size("1x1")), 100, null, null, 2_000, null);
    var later = new OfferedSizes(List.of(), 200, null, null, null, 16);

    assertThat(earlier.and(later))
        .isEqualTo(new OfferedSizes(List.of(size("1x1")), 200, null, null, 2_000, 16));
  }

  private static ImageSize size(String text) {
    return ImageSize.parse(text).orElseThrow();
  }
}
