package dev.nectar.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The {@code .env} file of the working directory; any real environment variable wins over it. */
final class DotEnvPropertySource extends SystemEnvironmentPropertySource {

  /** The ending makes Spring Boot read the names as it reads those of the environment. */
  static final String NAME =
      "dotenv-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

  /** The property that names another file, for tests. */
  private static final String FILE = "nectar.dotenv";

  private final List<SettingFault> faults;

  private DotEnvPropertySource(DotEnvFile file) {
    super(NAME, file.values());
    this.faults = file.faults();
  }

  List<SettingFault> faults() {
    return faults;
  }

  static DotEnvPropertySource of(Path file) {
    try {
      return new DotEnvPropertySource(DotEnvFile.parse(Files.readAllLines(file)));
    } catch (IOException e) {
      var fault =
          new SettingFault(".env", "The file can't be read as UTF-8 text.", "Mend or remove it.");
      return new DotEnvPropertySource(new DotEnvFile(Map.of(), List.of(fault)));
    }
  }

  /** Adds the file before profiles and the rest of Spring Boot's configuration are looked at. */
  static final class Loader implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(
        ConfigurableEnvironment environment, SpringApplication application) {
      var file = Path.of(environment.getProperty(FILE, ".env"));
      if (Files.exists(file)) {
        environment
            .getPropertySources()
            .addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, of(file));
      }
    }

    @Override
    public int getOrder() {
      return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }
  }
}
