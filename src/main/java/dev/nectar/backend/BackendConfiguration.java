package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.ApiBase;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackendConfiguration {

  @Bean
  BackendRound backendRound(
      BackendSettings settings, Protocols protocols, Ticker ticker, RandomGenerator random) {
    var backends =
        settings.urls().stream()
            .map(url ->
                new Backend(
                    ApiBase.parse(url).publicForm(),
                    settings.weights().getOrDefault(url, 1.0),
                    protocols.painter(url),
                    ticker))
            .toList();
    return new BackendRound(
        backends, settings.blockedRetryAttempts(), settings.timeout(), ticker, random);
  }
}
