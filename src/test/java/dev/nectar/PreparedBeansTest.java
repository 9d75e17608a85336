package dev.nectar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PreparedBeansTest {

  private final StandardEnvironment environment = new StandardEnvironment();

  PreparedBeansTest() {
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "Config resource 'class path resource [application.properties]'",
                Map.of("management.endpoint.health.probes.enabled", "true")));
  }

  private void set(String name, String value) {
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("variables", Map.of(name, value)));
  }

  @Test
  void classPathAlone_suits() {
    assertThat(PreparedBeans.suit(environment)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, 8081, true",
    "SERVER_TOMCAT_MAX_CONNECTIONS, 40, true",
    "MANAGEMENT_PORT, '', true",
    "MANAGEMENT_PORT, 9000, false",
    "management.server.port, 9000, false",
    "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE, prometheus, false",
    "management.opentelemetry.tracing.export.otlp.endpoint, http://localhost/v1/traces, false"
  })
  void setting_suits_unlessSpringBootWouldMakeOtherBeansOfIt(
      String name, String value, boolean suits) {
    set(name, value);

    assertThat(PreparedBeans.suit(environment)).isEqualTo(suits);
  }

  @Test
  void profile_doesNotSuit() {
    environment.addActiveProfile("demo");

    assertThat(PreparedBeans.suit(environment)).isFalse();
  }
}
