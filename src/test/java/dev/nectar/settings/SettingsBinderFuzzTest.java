package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Any text is a value or a fault, and no fault tells a secret. */
class SettingsBinderFuzzTest {

  /** One of each type, all of the same text. */
  record Everything(
      @Setting("TEXT") @Nullable String text,
      @Setting("PATH") @Nullable Path path,
      @Setting("BOOLEAN") boolean flag,
      @Setting("NUMBER") int number,
      @Setting("DURATION") @Nullable Duration duration,
      @Setting("SIZE") @Nullable DataSize size,
      @Setting("URL") @Nullable URI url,
      @Setting("LIST") List<String> list,
      @Setting(value = "TEXTS", secret = true) Map<String, String> texts,
      @Setting("NUMBERS") Map<String, Double> numbers,
      @Setting("MODELS") Map<String, Map<String, String>> models) {}

  @FuzzTest
  void settings(byte[] bytes) {
    var text = new String(bytes, UTF_8);
    var binder = new SettingsBinder(name -> text);

    var settings = binder.bind(Everything.class);

    if (!text.isBlank()) {
      assertThat(settings.text()).isEqualTo(text.strip());
    }
    assertThat(settings.list()).allMatch(part -> !part.isBlank() && part.indexOf(',') < 0);
    assertThat(settings.texts()).doesNotContainValue(null);
    assertThat(binder.secrets()).containsAll(settings.texts().values());
    assertThat(binder.faults())
        .filteredOn(fault -> fault.fault().contains(text) && text.length() > 20)
        .extracting(SettingFault::variable)
        .isSubsetOf("PATH", "BOOLEAN", "NUMBER", "DURATION", "SIZE");
  }
}
