package dev.nectar;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.nectar.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** What is asked on the command line and answered without a server. */
final class CommandLine {

  private CommandLine() {}

  /** Empty if the server is to be started. */
  static Optional<String> answer(String... arguments) {
    var asked = List.of(arguments);
    if (asked.contains("--help")) {
      return Optional.of(help());
    }
    return asked.contains("--version") ? Optional.of("Nectar " + version()) : Optional.empty();
  }

  private static String help() {
    return """
    Nectar %s turns text prompts into images through any number of back ends.

    Usage: java -jar nectar.jar [--help | --version]

    Settings come from the environment, or from the file .env of the working directory; the
    environment wins. Required:

    %s

    All others, with their defaults:

    %s

    To try it without any: java -jar nectar.jar --spring.profiles.active=demo\
    """
        .formatted(version(), required(), optional());
  }

  private static String required() {
    return listed(settings().filter(Setting::required), setting -> ": " + setting.expectation());
  }

  /** One feature may require what another one does without. */
  private static String optional() {
    var required =
        settings().filter(Setting::required).map(Setting::value).collect(toUnmodifiableSet());
    return listed(
        settings().filter(setting -> !required.contains(setting.value())),
        setting -> "=" + setting.fallback());
  }

  private static Stream<Setting> settings() {
    return new NectarSettings().settings();
  }

  private static String listed(Stream<Setting> settings, Function<Setting, String> rest) {
    return settings
        .map(setting -> "  " + setting.value() + rest.apply(setting))
        .distinct()
        .collect(joining("\n"));
  }

  private static String version() {
    try {
      return PropertiesLoaderUtils.loadProperties(
              new ClassPathResource("META-INF/build-info.properties"))
          .getProperty("build.version", "");
    } catch (IOException e) {
      throw new UncheckedIOException("it is not known which version this is", e);
    }
  }
}
