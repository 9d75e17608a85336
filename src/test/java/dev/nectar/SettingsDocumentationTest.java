package dev.nectar;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written about the settings agrees with what is bound. */
class SettingsDocumentationTest {

  private static final Pattern README_ROW =
      Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\| ([^|]*) \\|");
  private static final Pattern EXAMPLE_LINE =
      Pattern.compile("(?m)^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$");

  @Test
  void readme_listsEverySettingWithItsDefault() throws IOException {
    assertThat(defaults(README_ROW, "README.md")).containsExactlyInAnyOrderEntriesOf(bound());
  }

  @Test
  void envExample_listsEverySetting() throws IOException {
    assertThat(defaults(EXAMPLE_LINE, ".env.example")).containsOnlyKeys(bound().keySet());
  }

  @Test
  void envExample_showsTheDefaults() throws IOException {
    var shown = defaults(EXAMPLE_LINE, ".env.example");
    bound().entrySet().stream()
        .filter(setting -> !setting.getValue().isEmpty())
        .forEach(setting -> assertThat(shown).contains(setting));
  }

  private static Map<String, String> bound() {
    return new NectarSettings()
        .settings()
        .collect(toMap(Setting::value, Setting::fallback, SettingsDocumentationTest::agreed));
  }

  /** Several features may bind one variable. */
  private static String agreed(String fallback, String other) {
    assertThat(other).isEqualTo(fallback);
    return fallback;
  }

  private static Map<String, String> defaults(Pattern line, String file) throws IOException {
    var defaults = new TreeMap<String, String>();
    var matcher = line.matcher(Files.readString(Path.of(file)));
    while (matcher.find()) {
      defaults.put(matcher.group(1), matcher.group(2).replace("`", "").strip());
    }
    return defaults;
  }
}
