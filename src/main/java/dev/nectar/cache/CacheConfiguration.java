package dev.nectar.cache;

import dev.nectar.image.StagingArea;
import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

  @Bean
  StagingArea stagingArea(CacheSettings settings) {
    return new StagingArea(
        settings.directory().toAbsolutePath().normalize(), settings.maxImageSize().toBytes());
  }

  @Bean
  FileCacheStore cacheStore(StagingArea staging, CacheSettings settings, Clock clock) {
    return new FileCacheStore(
        staging,
        settings.maxSize().toBytes(),
        settings.blockedTtl(),
        settings.fallbackFailedTtl(),
        clock);
  }

  /** Only then: looking through a large cache would slow the start down. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> cacheScan(FileCacheStore store) {
    return _ -> store.start();
  }
}
