package dev.nectar.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.SettingFault;
import dev.nectar.settings.SettingsBinder;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiSettingsTest {

  private static SettingsBinder binder(Map<String, String> values) {
    return new SettingsBinder(values::get);
  }

  @Test
  void seed_unset_isDrawn() {
    assertThat(binder(Map.of()).bind(OpenAiSettings.class).fixedSeed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 42, Integer.MAX_VALUE})
  void seed_asANumber_isThat(int seed) {
    var settings = binder(Map.of("OPENAI_SEED", Integer.toString(seed))).bind(OpenAiSettings.class);

    assertThat(settings.fixedSeed()).isEqualTo(OptionalInt.of(seed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483648", "99999999999999999999", "1.5", "always"})
  void seed_asAnythingElse_isAFault(String seed) {
    var binder = binder(Map.of("OPENAI_SEED", seed));
    var _ = binder.bind(OpenAiSettings.class);

    assertThat(binder.faults()).extracting(SettingFault::variable).containsExactly("OPENAI_SEED");
  }
}
