package dev.nectar.observe;

import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class TraceConfiguration {

  @Bean
  Traces traces(ObjectProvider<OpenTelemetry> telemetry) {
    var made = telemetry.getIfAvailable();
    return made == null ? Traces.NONE : Traces.to(made);
  }
}
