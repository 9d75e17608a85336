package dev.nectar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageExtrasTest {

  private static ImageExtras extras(Map<String, ?> parameters) {
    return ImageExtras.of(parameters::get);
  }

  @Test
  void extras_given_areTakenInTheirOrder() {
    var extras =
        extras(
            Map.of(
                "enhance", "false",
                "guidance_scale", "7.50",
                "negative_prompt", "no cats | 100%",
                "style", "vivid",
                "output_format", "webp",
                "background", "transparent",
                "quality", "hd"));

    assertThat(extras.texts().toString())
        .isEqualTo(
            "{quality=hd, background=transparent, output_format=webp, style=vivid,"
                + " negative_prompt=no cats | 100%, guidance_scale=7.5, enhance=false}");
    assertThat(ImageExtras.ofTexts(extras.texts())).isEqualTo(extras);
  }

  @Test
  void extras_missingOrBlank_areNone() {
    assertThat(extras(Map.of())).isSameAs(ImageExtras.NONE);
    assertThat(extras(Map.of("quality", "", "negative_prompt", " ", "enhance", "")))
        .isSameAs(ImageExtras.NONE);
  }

  @Test
  void sent_isAllButEnhance() {
    var extras = extras(Map.of("quality", "low", "guidance_scale", 7, "enhance", true));

    assertThat(extras.sent())
        .isEqualTo(Map.of("quality", "low", "guidance_scale", new BigDecimal("7")));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "7.0, 7",
    "07.00, 7",
    "7.5, 7.5",
    "0, 0",
    "-0.0, 0",
    "100, 100",
    "1e1, 10",
    "5E-1, 0.5",
    "7.30000000000000001, 7.3",
    "1e-30, 0"
  })
  void guidanceScale_ofOneValue_hasOneForm(String text, String form) {
    assertThat(extras(Map.of("guidance_scale", text)).texts())
        .containsEntry("guidance_scale", form);
    assertThat(extras(Map.of("guidance_scale", Double.valueOf(text))).texts())
        .containsEntry("guidance_scale", form);
  }

  @ParameterizedTest
  @CsvSource({
    "guidance_scale, -1",
    "guidance_scale, 100.1",
    "guidance_scale, NaN",
    "guidance_scale, Infinity",
    "guidance_scale, 7f",
    "guidance_scale, 0x7p1",
    "guidance_scale, 1e",
    "guidance_scale, 1e999999999",
    "guidance_scale, 000000000000000000000000000000007",
    "quality, very high",
    "quality, high|low",
    "quality, ümlaut",
    "background, -auto",
    "output_format, image/png",
    "style, abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm",
    "enhance, yes",
    "enhance, 1"
  })
  void value_outOfBounds_isNamed(String name, String value) {
    assertThatThrownBy(() -> extras(Map.of(name, value)))
        .isInstanceOfSatisfying(
            InvalidImageRequestException.class,
            fault -> {
              assertThat(fault.parameter()).isEqualTo(name);
              assertThat(fault).hasMessageContaining("'" + name + "'");
            });
  }

  @Test
  void negativePrompt_hasTheBoundsOfAPrompt() {
    var longest = "🍎".repeat(32_000);

    assertThat(extras(Map.of("negative_prompt", longest)).texts()).containsValue(longest);
    for (var wrong : new String[] {longest + "!", "\ud83c"}) {
      assertThatThrownBy(() -> extras(Map.of("negative_prompt", wrong)))
          .isInstanceOf(InvalidImageRequestException.class)
          .hasMessageContaining("negative_prompt");
    }
  }

  @Test
  void enhance_falseInAnyForm_forbidsOptimizing() {
    assertThat(extras(Map.of("enhance", false)).forbidsOptimizing()).isTrue();
    assertThat(extras(Map.of("enhance", "FALSE")).forbidsOptimizing()).isTrue();
    assertThat(extras(Map.of("enhance", true)).forbidsOptimizing()).isFalse();
    assertThat(extras(Map.of()).forbidsOptimizing()).isFalse();
  }
}
