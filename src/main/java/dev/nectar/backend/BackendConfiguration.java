package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.ApiBase;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.StagingArea;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackendConfiguration {

  @Bean
  BackendRound backendRound(
      BackendSettings settings,
      HttpCalls http,
      RemoteFiles files,
      StagingArea staging,
      Clock clock,
      Ticker ticker,
      RandomGenerator random) {
    var exchange = new OpenAiBackend.Exchange(http, files, settings.allowedHosts(), staging, clock);
    var backends =
        settings.urls().stream().map(url -> backend(url, settings, exchange, ticker)).toList();
    return new BackendRound(
        backends, settings.blockedRetryAttempts(), settings.timeout(), ticker, random);
  }

  /** Empty if it is off. */
  @Bean
  Fallback fallback(
      PollinationsSettings settings, HttpCalls http, StagingArea staging, Clock clock) {
    return settings.enabled()
        ? new Fallback(Optional.of(new Pollinations(settings, http, staging, clock, Thread::sleep)))
        : new Fallback(Optional.empty());
  }

  private static Backend backend(
      String url, BackendSettings settings, OpenAiBackend.Exchange exchange, Ticker ticker) {
    var api = ApiBase.parse(url);
    var painter =
        new OpenAiBackend(
            api,
            settings.tokens().getOrDefault(url, settings.authToken()),
            settings.models().getOrDefault(url, Map.of()),
            settings.defaultModel(),
            exchange);
    return new Backend(
        api.publicForm(), settings.weights().getOrDefault(url, 1.0), painter, ticker);
  }
}
