package dev.nectar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.mock.env.MockEnvironment;

class TraceExportTest {

  private static final String[] CLASSES = {
    OpenTelemetrySdkAutoConfiguration.class.getName(),
    OpenTelemetryTracingAutoConfiguration.class.getName(),
    OtlpTracingAutoConfiguration.class.getName(),
    null,
    ConfigurationPropertiesAutoConfiguration.class.getName()
  };

  private final MockEnvironment environment = new MockEnvironment();

  private boolean[] matches() {
    var filter = new TraceExport.Filter();
    filter.setEnvironment(environment);
    return filter.match(CLASSES, notLookedAt());
  }

  @Test
  void endpoint_unset_leavesNothingOfTraces() {
    environment.setProperty("OTEL_EXPORTER_OTLP_ENDPOINT", " ");
    new TraceExport.Properties().postProcessEnvironment(environment, new SpringApplication());

    assertThat(matches()).containsExactly(false, false, false, true, true);
    assertThat(environment.getProperty("management.tracing.sampling.probability")).isNull();
    assertThat(Traces.NONE.begin("generation")).isSameAs(Step.NONE);
    assertThat(Step.begin("attempt")).isSameAs(Step.NONE);
    assertThat(Work.headers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:4318, http://localhost:4318/v1/traces",
    "http://localhost:4318/, http://localhost:4318/v1/traces",
    "https://a.example/otlp, https://a.example/otlp/v1/traces"
  })
  void endpoint_set_getsAllTraces(String endpoint, String address) {
    environment.setProperty("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    new TraceExport.Properties().postProcessEnvironment(environment, new SpringApplication());

    assertThat(matches()).containsExactly(true, true, true, true, true);
    assertThat(environment.getProperty("management.opentelemetry.tracing.export.otlp.endpoint"))
        .isEqualTo(address);
    assertThat(environment.getProperty("management.tracing.sampling.probability")).isEqualTo("1.0");
  }

  private static AutoConfigurationMetadata notLookedAt() {
    return (AutoConfigurationMetadata)
        Proxy.newProxyInstance(
            AutoConfigurationMetadata.class.getClassLoader(),
            new Class<?>[] {AutoConfigurationMetadata.class},
            (proxy, method, arguments) -> {
              throw new AssertionError(method);
            });
  }
}
