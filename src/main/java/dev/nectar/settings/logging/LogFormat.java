package dev.nectar.settings.logging;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has Spring Boot write the log as {@code LOG_FORMAT} says, before the first line is written. A
 * wrong value is reported with the other settings, and written as text.
 */
final class LogFormat implements EnvironmentPostProcessor {

  static final String VARIABLE = "LOG_FORMAT";

  private static final String ECS = "ecs";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var format = environment.getProperty(VARIABLE, "").strip();
    if (format.equalsIgnoreCase(LogSettings.Format.JSON.name())) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "log-format",
                  Map.of(
                      "logging.structured.format.console",
                      ECS,
                      "logging.structured.format.file",
                      ECS)));
    }
  }
}
