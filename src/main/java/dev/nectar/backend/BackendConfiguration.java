package dev.nectar.backend;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.Backend.Profile;
import dev.nectar.http.ApiBase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class BackendConfiguration {

  @Bean
  BackendRound backendRound(
      BackendSettings settings,
      ImageBackend.Provider painters,
      BackendRound.Budgets budgets,
      Clock clock,
      Ticker ticker,
      RandomGenerator random,
      MeterRegistry registry) {
    var names = ApiBase.publicNames(settings.urls());
    var backends =
        names.entrySet().stream()
            .map(name ->
                backend(
                    name.getKey(), name.getValue(), settings, painters, clock, ticker, registry))
            .toList();
    return new BackendRound(
        backends, budgets, settings.blockedRetryAttempts(), settings.timeout(), ticker, random);
  }

  @Bean
  FailedAttempts failedAttempts(Clock clock) {
    return new FailedAttempts(clock);
  }

  private static Backend backend(
      String url,
      String name,
      BackendSettings settings,
      ImageBackend.Provider painters,
      Clock clock,
      Ticker ticker,
      MeterRegistry registry) {
    var negotiation = new Negotiation(settings.sizesOf(url), ticker, clock);
    var profile =
        new Profile(
            name,
            settings.weights().getOrDefault(url, 1.0),
            settings.protocolOf(url).label(),
            settings.tokenSettingOf(url));
    return new Backend(
        profile, painters.painter(url, negotiation), negotiation, registry, ticker, clock);
  }
}
