package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendSettings;
import dev.nectar.backend.Fallback;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.Negotiation;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.backend.Protocols;
import dev.nectar.backend.protocol.Pollinations.Placeholders;
import dev.nectar.http.ApiBase;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.StagingArea;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProtocolConfiguration {

  @Bean
  Exchange exchange(
      BackendSettings settings,
      HttpCalls http,
      RemoteFiles files,
      StagingArea staging,
      Clock clock) {
    return new Exchange(http, files, settings.allowedHosts(), staging, clock, Thread::sleep);
  }

  @Bean
  Protocols protocols(BackendSettings settings, Exchange exchange) {
    return new Protocols() {
      @Override
      public String name(String url) {
        return "images";
      }

      @Override
      public ImageBackend painter(String url, Negotiation negotiation) {
        return new ImagesBackend(
            ApiBase.parse(url),
            settings.tokens().getOrDefault(url, settings.authToken()),
            settings.models().getOrDefault(url, Map.of()),
            settings.defaultModel(),
            negotiation,
            exchange);
      }
    };
  }

  /** Empty if it is off. */
  @Bean
  Fallback fallback(PollinationsSettings settings, Exchange exchange) {
    return settings.enabled()
        ? new Fallback(Optional.of(new Pollinations(settings, exchange, new Placeholders())))
        : new Fallback(Optional.empty());
  }
}
