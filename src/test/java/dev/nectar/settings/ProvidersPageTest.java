package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.backend.BackendSettings;
import dev.nectar.generation.GenerationSettings;
import dev.nectar.web.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code .env} of {@code docs/providers.md} starts a server. */
class ProvidersPageTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```env\\n(.*?)^```$");

  private static final List<Class<? extends Record>> RECORDS =
      List.of(WebSettings.class, BackendSettings.class, GenerationSettings.class);

  static Stream<String> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("docs/providers.md")))
        .results()
        .map(block -> block.group(1));
  }

  @Test
  void page_hasOneForEachProvider() throws IOException {
    assertThat(blocks()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(Files.readString(Path.of("README.md"))).contains("](docs/providers.md)");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void block_isWhole(String block) {
    var file = DotEnvFile.parse(block.lines().toList());
    var binder = new SettingsBinder(name -> value(file, name));
    RECORDS.forEach(binder::bind);

    assertThat(file.faults()).isEmpty();
    assertThat(binder.faults()).isEmpty();
    assertThat(binder.warnings()).isEmpty();
    assertThat(names()).containsAll(file.values().keySet());
  }

  private static @Nullable String value(DotEnvFile file, String name) {
    return Objects.toString(file.values().get(name), null);
  }

  private static List<String> names() {
    return RECORDS.stream()
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(component -> component.getAnnotation(Setting.class).value())
        .collect(Collectors.toList());
  }
}
