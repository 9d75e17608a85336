package dev.nectar.observe;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Has Spring Boot send traces where the settings say, and none of it made if they say nothing. */
final class TraceExport {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private TraceExport() {}

  private static String endpoint(Environment environment) {
    return environment.getProperty(ENDPOINT, "").strip();
  }

  /** Says it in Spring Boot's words. */
  static final class Properties implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(
        ConfigurableEnvironment environment, SpringApplication application) {
      var endpoint = endpoint(environment);
      if (endpoint.isEmpty()) {
        return;
      }
      var sources = environment.getPropertySources();
      sources.addFirst(
          new MapPropertySource(
              "traces",
              Map.of(
                  "management.opentelemetry.tracing.export.otlp.endpoint",
                  endpoint.replaceFirst("/+$", "") + "/v1/traces",
                  "management.opentelemetry.tracing.export.otlp.transport",
                  "http",
                  // Logs stay here, whatever the endpoint takes.
                  "management.logging.export.otlp.enabled",
                  false)));
      // OTEL_TRACES_SAMPLER_ARG says otherwise where it is set.
      sources.addLast(
          new MapPropertySource(
              "sampling", Map.of("management.tracing.sampling.probability", 1.0)));
    }
  }

  /** Leaves out what would draw traces for nobody. */
  static final class Filter implements AutoConfigurationImportFilter, EnvironmentAware {

    private boolean exporting;

    @Override
    public void setEnvironment(Environment environment) {
      exporting = !endpoint(environment).isEmpty();
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
      var matches = new boolean[classes.length];
      for (var i = 0; i < classes.length; i++) {
        matches[i] = exporting || !isOfTraces(classes[i]);
      }
      return matches;
    }

    private static boolean isOfTraces(@Nullable String name) {
      return name != null
          && (name.startsWith("org.springframework.boot.opentelemetry.")
              || name.startsWith("org.springframework.boot.micrometer.tracing."));
    }
  }
}
