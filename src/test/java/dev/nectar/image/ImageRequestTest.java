package dev.nectar.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRequestTest {

  private static ImageRequest request(@Nullable String prompt, Map<String, String> parameters) {
    return ImageRequest.of(prompt, parameters::get, new Random(7));
  }

  @Test
  void parameters_missing_haveDefaults() {
    assertThat(request("an apple", Map.of()))
        .isEqualTo(new ImageRequest("an apple", null, null, 42, false));
  }

  @Test
  void parameters_empty_haveDefaults() {
    assertThat(request("an apple", Map.of("width", "", "model", " ", "seed", "")))
        .isEqualTo(new ImageRequest("an apple", null, null, 42, false));
  }

  @Test
  void parameters_given_areTaken() {
    var parameters = Map.of("width", "16", "height", "4096", "model", "flux", "seed", "0");

    assertThat(request(" an apple ", parameters))
        .isEqualTo(new ImageRequest(" an apple ", new ImageSize(16, 4096), "flux", 0, false));
  }

  @Test
  void parameters_ofARequest_makeTheSameRequest() {
    for (var given :
        List.of(
            Map.<String, String>of(),
            Map.of("width", "16", "seed", "7"),
            Map.of("height", "64", "model", "m|%", "guidance_scale", "7.0", "enhance", "true"))) {
      var request = request("an apple", given);

      assertThat(request("an apple", request.parameters())).isEqualTo(request);
    }
  }

  @Test
  void extras_given_areTaken() {
    assertThat(request("an apple", Map.of("quality", "hd", "enhance", "false")).extras().texts())
        .isEqualTo(Map.of("quality", "hd", "enhance", "false"));
  }

  @ParameterizedTest
  @CsvSource({"width,512,512x1024", "height,512,1024x512"})
  void oneEdge_given_makesTheOther1024(String edge, String value, String size) {
    assertThat(request("an apple", Map.of(edge, value)).size()).hasToString(size);
  }

  @ParameterizedTest
  @CsvSource({
    "width,15",
    "width,4097",
    "width,x",
    "height,-1",
    "height,16.5",
    "height,99999999999",
    "seed,-2",
    "seed,9223372036854775808",
    "seed,1e3",
    "seed,' 1'"
  })
  void parameter_outOfBoundsOrNoInteger_isNamed(String name, String value) {
    assertThatThrownBy(() -> request("an apple", Map.of(name, value)))
        .isInstanceOfSatisfying(
            InvalidImageRequestException.class,
            fault -> assertThat(fault.parameter()).isEqualTo(name))
        .hasMessageContaining("'" + name + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "2147483648, 0",
    "2147483649, 1",
    "1764150000123, 1065925115",
    "9223372036854775807, 2147483647"
  })
  void seed_aboveAnInteger_isTakenModulo(String seed, int taken) {
    assertThat(request("an apple", Map.of("seed", seed)).seed()).isEqualTo(taken);
    assertThat(request("an apple", Map.of("seed", seed)).seedDrawn()).isFalse();
  }

  @Test
  void seed_atItsUpperBound_isTaken() {
    assertThat(request("an apple", Map.of("seed", "2147483647")).seed())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void seed_minusOne_isDrawn() {
    var random = new Random(3);

    for (var i = 0; i < 1_000; i++) {
      var request = ImageRequest.of("an apple", Map.of("seed", "-1")::get, random);
      assertThat(request.seedDrawn()).isTrue();
      assertThat(request.seed()).isBetween(0, Integer.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\n\t "})
  void prompt_blank_isRefused(@Nullable String prompt) {
    assertThatThrownBy(() -> request(prompt, Map.of()))
        .isInstanceOf(InvalidImageRequestException.class)
        .hasMessageContaining("empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ü", "🍎"})
  void prompt_of32000Characters_isTheLongest(String character) {
    var longest = character.repeat(32_000);

    assertThat(request(longest, Map.of()).prompt()).isEqualTo(longest);
    assertThatThrownBy(() -> request(longest + character, Map.of()))
        .isInstanceOf(InvalidImageRequestException.class)
        .hasMessageContaining("32,000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83c", "\udf4e", "\udf4e\ud83c"})
  void text_withALoneSurrogate_isRefused(String lone) {
    assertThatThrownBy(() -> request("an apple " + lone + "!", Map.of()))
        .isInstanceOf(InvalidImageRequestException.class);
    assertThatThrownBy(() -> request("an apple", Map.of("model", lone + "x")))
        .isInstanceOf(InvalidImageRequestException.class);
  }

  @Test
  void model_tooLong_isNamed() {
    assertThatThrownBy(() -> request("an apple", Map.of("model", "m".repeat(201))))
        .isInstanceOf(InvalidImageRequestException.class)
        .hasMessageContaining("'model'");
  }
}
