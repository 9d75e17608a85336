package dev.nectar.status;

import java.util.Map;
import java.util.Objects;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Opens the port for operators, if there is to be one. What Actuator tells without a key is told
 * there; the port for clients has health alone.
 */
final class ManagementPort implements EnvironmentPostProcessor {

  /** None of these shows a setting. */
  private static final String ENDPOINTS = "health,info,loggers,metrics,prometheus,threaddump";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var port = environment.getProperty("MANAGEMENT_PORT", "");
    if (port.isBlank()) {
      return;
    }
    var address = environment.getProperty("MANAGEMENT_ADDRESS", "");
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "management",
                Map.of(
                    "management.server.port",
                    port,
                    "management.server.address",
                    address.isBlank() ? "127.0.0.1" : address,
                    "management.endpoints.web.exposure.include",
                    ENDPOINTS,
                    // Spring Boot compares the two.
                    "server.port",
                    Objects.requireNonNullElse(environment.getProperty("PORT"), ""))));
  }
}
