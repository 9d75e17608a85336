package dev.nectar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class SettingsBinderTest {

  enum Fruit {
    RED_APPLE,
    PEAR
  }

  record Sample(
      @Setting("TEXT") @Nullable String text,
      @Setting(value = "NEEDED", required = true, secret = true) String needed,
      @Setting(value = "COUNT", fallback = "3") @Min(1) int count,
      @Setting(value = "FLAG", fallback = "true") boolean flag,
      @Setting(value = "WAIT", fallback = "30s") Duration patience,
      @Setting(value = "SIZE", fallback = "32MB") DataSize size,
      @Setting("FILE") @Nullable Path file,
      @Setting("URL") @Nullable URI url,
      @Setting("FRUIT") @Nullable Fruit fruit,
      @Setting("NAMES") List<String> names,
      @Setting(value = "TOKENS", secret = true) Map<String, String> tokens,
      @Setting("WEIGHTS") Map<String, Double> weights,
      @Setting("MODELS") Map<String, Map<String, String>> models)
      implements CrossChecked {

    @Override
    public Stream<SettingFault> faults() {
      return text != null && names.contains(text)
          ? Stream.of(new SettingFault("TEXT", "It is a name.", "Choose another."))
          : Stream.empty();
    }
  }

  @Test
  void values_unsetOrBlank_areTheFallbacks() {
    var binder = binder(Map.of("NEEDED", "n", "COUNT", "  "));

    assertThat(binder.bind(Sample.class))
        .isEqualTo(
            new Sample(
                null,
                "n",
                3,
                true,
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(32),
                null,
                null,
                null,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of()));
    assertThat(binder.faults()).isEmpty();
  }

  @Test
  void values_ofEveryType_areBound() {
    var binder =
        binder(
            Map.ofEntries(
                Map.entry("TEXT", " ${not.expanded} "),
                Map.entry("NEEDED", "n"),
                Map.entry("COUNT", "7"),
                Map.entry("FLAG", "off"),
                Map.entry("WAIT", "500ms"),
                Map.entry("SIZE", "1kb"),
                Map.entry("FILE", "/tmp/x"),
                Map.entry("URL", "https://a/b"),
                Map.entry("FRUIT", "red_apple"),
                Map.entry("NAMES", "a, b,,c"),
                Map.entry("TOKENS", "{\"x\": \"a token\"}"),
                Map.entry("WEIGHTS", "{\"x\": 2, \"y\": 0.5}"),
                Map.entry("MODELS", "{\"x\": {\"m\": \"n\"}}")));

    assertThat(binder.bind(Sample.class))
        .isEqualTo(
            new Sample(
                "${not.expanded}",
                "n",
                7,
                false,
                Duration.ofMillis(500),
                DataSize.ofKilobytes(1),
                Path.of("/tmp/x"),
                URI.create("https://a/b"),
                Fruit.RED_APPLE,
                List.of("a", "b", "c"),
                Map.of("x", "a token"),
                Map.of("x", 2.0, "y", 0.5),
                Map.of("x", Map.of("m", "n"))));
    assertThat(binder.faults()).isEmpty();
    assertThat(binder.secrets()).containsExactlyInAnyOrder("n", "a token");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "COUNT;many",
        "COUNT;0",
        "COUNT;1.5",
        "COUNT;99999999999",
        "FLAG;perhaps",
        "WAIT;30",
        "WAIT;-1s",
        "WAIT;PT30S",
        "WAIT;999999999999d",
        "SIZE;32",
        "SIZE;32 MB",
        "SIZE;999999999999TB",
        "URL;a",
        "URL;ftp://a",
        "URL;https://",
        "FRUIT;plum",
        "TOKENS;{",
        "TOKENS;[]",
        "TOKENS;{\"x\": null}",
        "TOKENS;null",
        "WEIGHTS;{\"x\": \"2\"}",
        "WEIGHTS;{\"x\": true}",
        "WEIGHTS;{} {}",
        "MODELS;{\"x\": \"m\"}",
        "MODELS;{\"x\": {\"m\": null}}"
      })
  void value_wrong_isOneFaultThatNamesTheVariable(String variable, String value) {
    var binder = binder(Map.of("NEEDED", "n", variable, value));
    binder.bind(Sample.class);

    assertThat(binder.faults())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.variable()).isEqualTo(variable);
          assertThat(fault.fault()).isNotBlank();
          assertThat(fault.remedy()).endsWith(".");
        });
  }

  @Test
  void faults_several_areReportedAtOnce() {
    var binder = binder(Map.of("TEXT", "a", "NAMES", "a", "WAIT", "x", "SIZE", "y"));
    binder.bind(Sample.class);

    assertThat(binder.faults())
        .extracting(SettingFault::variable)
        .containsExactlyInAnyOrder("NEEDED", "WAIT", "SIZE", "TEXT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"x\": \"hush\"", "hush", "{\"x\": {\"hush\": 1}}"})
  void secret_wrong_isNotShown(String value) {
    var binder = binder(Map.of("NEEDED", "n", "TOKENS", value));
    binder.bind(Sample.class);

    assertThat(binder.faults()).singleElement().asString().doesNotContain("hush");
  }

  record Linked(@Setting("URL") @Nullable URI url) implements CrossChecked {

    @Override
    public Stream<SettingFault> faults() {
      return url == null
          ? Stream.of(new SettingFault("URL", "It is not set.", "Set it."))
          : Stream.empty();
    }
  }

  @Test
  void value_wrong_isNotAlsoCalledUnset() {
    var binder = binder(Map.of("URL", "nowhere"));
    binder.bind(Linked.class);

    assertThat(binder.faults())
        .extracting(SettingFault::fault)
        .containsExactly("Its value is not an http or https URL.");
  }

  @Test
  void url_withUserInfo_isASecretInEveryForm() {
    var binder = binder(Map.of("NEEDED", "n", "URL", "https://user:pass-word@a/b"));
    binder.bind(Sample.class);

    assertThat(binder.secrets()).contains("user:pass-word", "pass-word", "dXNlcjpwYXNzLXdvcmQ=");
  }

  @Test
  void password_afterAUserWithAColon_isASecret() {
    var binder = binder(Map.of("NEEDED", "n", "TEXT", "redis://us%3Aer:pass%2Dword@a"));
    binder.bind(Sample.class);

    assertThat(binder.secrets()).contains("us:er:pass-word", "pass-word");
  }

  @Test
  void whatARedisUrlMustBe_isToldWhole() {
    var expectation = Conversion.to(RedisUrl.class).expectation();

    assertThat(LogRedaction.lines(expectation)).isEqualTo(expectation);
  }

  private static SettingsBinder binder(Map<String, String> values) {
    return new SettingsBinder(values::get);
  }
}
