package dev.nectar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.SettingsBinder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"schl\u00fcssel", "\u94a5\u5319", "a\tkey", "a\u00a0key"})
  void accessKey_thatNoHeaderCarries_isAFaultWithoutItsValue(String key) {
    var binder = new SettingsBinder(Map.of("PROXY_ACCESS_KEY", key)::get);

    binder.bind(WebSettings.class);

    assertThat(binder.faults())
        .singleElement()
        .satisfies(told -> {
          assertThat(told.variable()).isEqualTo("PROXY_ACCESS_KEY");
          assertThat(told.remedy()).contains("ASCII");
          assertThat(told.toString()).doesNotContain(key);
        });
  }

  @Test
  void accessKey_ofAsciiSigns_isTaken() {
    var binder = new SettingsBinder(Map.of("PROXY_ACCESS_KEY", "a key/+%&~!")::get);

    assertThat(binder.bind(WebSettings.class).accessKey()).isEqualTo("a key/+%&~!");
    assertThat(binder.faults()).isEmpty();
  }
}
