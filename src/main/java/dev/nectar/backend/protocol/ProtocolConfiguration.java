package dev.nectar.backend.protocol;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendSettings;
import dev.nectar.backend.Fallback;
import dev.nectar.backend.ImageBackend;
import dev.nectar.backend.PollinationsSettings;
import dev.nectar.backend.Protocol;
import dev.nectar.backend.protocol.Pollinations.Placeholders;
import dev.nectar.http.ApiBase;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.staging.StagingArea;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class ProtocolConfiguration {

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
  ImageBackend.Provider painters(BackendSettings settings, Exchange exchange) {
    return (url, negotiation) ->
        painter(
            settings.protocolOf(url),
            new Target(
                ApiBase.parse(url),
                settings.tokens().getOrDefault(url, settings.authToken()),
                settings.models().getOrDefault(url, Map.of()),
                settings.defaultModel(),
                negotiation,
                exchange));
  }

  static ImageBackend painter(Protocol protocol, Target target) {
    return switch (protocol) {
      case IMAGES -> new ImagesBackend(target);
      case CHAT -> new ChatBackend(target);
      case GEMINI -> new GeminiBackend(target);
      case A1111 -> new A1111Backend(target);
    };
  }

  /** Empty if it is off. */
  @Bean
  Fallback fallback(
      PollinationsSettings settings, Exchange exchange, MeterRegistry registry, Ticker ticker) {
    return settings.enabled()
        ? Fallback.to(new Pollinations(settings, exchange, new Placeholders()), registry, ticker)
        : Fallback.NONE;
  }
}
