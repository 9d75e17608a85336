package dev.nectar.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.SettingsBinder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureSettingsTest {

  @Test
  void keys_areBoundInOrderAndSecret() {
    var binder =
        new SettingsBinder(Map.of("URL_SIGNING_KEYS", "a-signing-key-16, another-key-of-16")::get);

    var settings = binder.bind(SignatureSettings.class);

    assertThat(settings.keys()).containsExactly("a-signing-key-16", "another-key-of-16");
    assertThat(binder.secrets()).containsExactlyInAnyOrderElementsOf(settings.keys());
    assertThat(binder.faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "URL_SIGNING_KEYS, 'a-signing-key-16,a-short-secret', Key 2 is shorter than 16",
    "PUBLIC_URL, images.example.com, not an http",
    "PUBLIC_URL, https://images.example.com/?a=b, has a query",
    "PUBLIC_URL, https://me@images.example.com/, has a query or a user"
  })
  void setting_wrong_isAFault(String variable, String value, String fault) {
    var binder = new SettingsBinder(Map.of(variable, value)::get);

    binder.bind(SignatureSettings.class);

    assertThat(binder.faults())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.variable()).isEqualTo(variable);
          assertThat(told.fault()).contains(fault);
        });
  }
}
