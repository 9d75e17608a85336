package dev.nectar;

import static java.util.stream.Collectors.joining;

import dev.nectar.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        .formatted(version(), settings(true), settings(false));
  }

  private static String settings(boolean required) {
    return new NectarSettings()
        .types().stream()
            .flatMap(type -> Arrays.stream(type.getRecordComponents()))
            .map(component -> component.getAnnotation(Setting.class))
            .filter(setting -> setting.required() == required)
            .map(setting -> "  " + setting.value() + told(setting))
            .distinct()
            .collect(joining("\n"));
  }

  private static String told(Setting setting) {
    return setting.required() ? ": " + setting.expectation() : "=" + setting.fallback();
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
