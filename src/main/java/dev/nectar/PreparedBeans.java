package dev.nectar;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The jar bears the beans that were found when it was made, without a profile and with what the
 * class path says of Spring Boot's management. Where more is said of it, they are found at the
 * start, as they are without the jar.
 */
final class PreparedBeans implements EnvironmentPostProcessor, Ordered {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (AotDetector.useGeneratedArtifacts() && !suit(environment)) {
      SpringProperties.setFlag(AotDetector.AOT_ENABLED, false);
    }
  }

  static boolean suit(ConfigurableEnvironment environment) {
    return environment.getActiveProfiles().length == 0
        && environment.getPropertySources().stream()
            .filter(source -> !isOfClassPath(source))
            .noneMatch(PreparedBeans::tellsOfManagement);
  }

  private static boolean isOfClassPath(PropertySource<?> source) {
    return source.getName().contains("class path resource")
        || ConfigurationPropertySources.isAttachedConfigurationPropertySource(source);
  }

  private static boolean tellsOfManagement(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> names
        && Arrays.stream(names.getPropertyNames())
            .filter(name -> name.toLowerCase(Locale.ROOT).matches("management[._].*"))
            .anyMatch(name -> !Objects.toString(names.getProperty(name), "").isBlank());
  }

  /** After those that translate the settings into Spring Boot's. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
