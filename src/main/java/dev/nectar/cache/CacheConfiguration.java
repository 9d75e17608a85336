package dev.nectar.cache;

import dev.nectar.image.StagingArea;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What there is wherever entries live. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

  @Bean
  StagingArea stagingArea(CacheSettings settings) {
    return new StagingArea(
        settings.directory().toAbsolutePath().normalize(), settings.maxImageSize().toBytes());
  }

  /** Only then: looking through a large directory would slow the start down. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> cacheScan(
      StagingArea staging, Optional<FileCacheStore> files) {
    return _ -> files.ifPresentOrElse(FileCacheStore::start, new StagingSweep(staging)::start);
  }
}
