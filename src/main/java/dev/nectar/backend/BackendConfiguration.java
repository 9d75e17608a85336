package dev.nectar.backend;

import dev.nectar.http.ApiBase;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackendConfiguration {

  @Bean
  BackendRound backendRound(
      BackendSettings settings, Protocols protocols, Clock clock, RandomGenerator random) {
    var backends =
        settings.urls().stream()
            .map(url ->
                new Backend(
                    ApiBase.parse(url).publicForm(),
                    settings.weights().getOrDefault(url, 1.0),
                    protocols.painter(url),
                    clock))
            .toList();
    return new BackendRound(
        backends, settings.blockedRetryAttempts(), settings.timeout(), clock, random);
  }
}
