package dev.nectar.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.SettingFault;
import dev.nectar.settings.SettingsBinder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptSettingsTest {

  @Test
  void url_withAnUnderscoreInItsHost_isValid() {
    var url = "http://user:pass@an_llm:11434/v1?api-version=1";
    var binder = binder(Map.of("LLM_OPTIMIZATION_API_URL", url));
    assertThat(binder.bind(PromptSettings.class).url()).isEqualTo(url);
    assertThat(binder.faults()).isEmpty();
    assertThat(binder.secrets()).contains("pass");
  }

  @ParameterizedTest
  @CsvSource({"LLM_OPTIMIZATION_API_URL, ftp://a", "DE_NSFW_ENABLED, true"})
  void url_wrongOrMissing_isAFaultThatNamesIt(String variable, String value) {
    var binder = binder(Map.of(variable, value));
    binder.bind(PromptSettings.class);
    assertThat(binder.faults())
        .extracting(SettingFault::variable)
        .containsExactly("LLM_OPTIMIZATION_API_URL");
  }

  private static SettingsBinder binder(Map<String, String> environment) {
    return new SettingsBinder(environment::get);
  }
}
