package dev.nectar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.server.Canaries;
import dev.nectar.settings.Setting;
import org.junit.jupiter.api.Test;

/** No secret setting is forgotten where it is tested that none is told. */
class SecretSettingsTest {

  @Test
  void secretSettings_allHaveACanary() {
    var secrets =
        new NectarSettings().settings().filter(Setting::secret).map(Setting::value).toList();

    assertThat(Canaries.settings()).containsExactlyInAnyOrderElementsOf(secrets);
  }
}
