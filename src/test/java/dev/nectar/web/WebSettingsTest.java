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

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
  void address_ofAMachine_isTaken(String address) {
    var binder = new SettingsBinder(Map.of("PROXY_ACCESS_KEY", "a-key", "ADDRESS", address)::get);

    assertThat(binder.bind(WebSettings.class).address()).isEqualTo(address);
    assertThat(binder.faults()).isEmpty();
  }

  @ParameterizedTest
  // The last one is for documents alone.
  @ValueSource(strings = {"localhost", "10.0.0.0/8", "127.0.0.1:8080", "[::1]:80", "203.0.113.9"})
  void address_thatIsNone_isAFault(String address) {
    var binder = new SettingsBinder(Map.of("PROXY_ACCESS_KEY", "a-key", "ADDRESS", address)::get);

    binder.bind(WebSettings.class);

    assertThat(binder.faults())
        .singleElement()
        .satisfies(told -> assertThat(told.variable()).isEqualTo("ADDRESS"));
  }
}
