package dev.nectar;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.generation.GenerationSettings;
import dev.nectar.http.HttpCalls;
import dev.nectar.http.RemoteFiles;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What many rooms need: time, chance, and the way out. */
@Configuration(proxyBeanMethods = false)
class CommonConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** What durations are measured by: the clock may be set. */
  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Bean
  RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }

  @Bean
  HttpCalls httpCalls(GenerationSettings settings) {
    return new HttpCalls(settings.maxConcurrent());
  }

  @Bean
  RemoteFiles remoteFiles(GenerationSettings settings) {
    return new RemoteFiles(settings.maxConcurrent());
  }
}
