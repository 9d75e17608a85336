package dev.nectar.cache;

import dev.nectar.image.StagingArea;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Entries in files, beside the images. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEntryPlace(EntryPlace.FILES)
class FileConfiguration {

  @Bean
  FileCacheStore cacheStore(StagingArea staging, CacheSettings settings, Clock clock) {
    return new FileCacheStore(staging, settings.maxSize().toBytes(), settings.expiry(clock));
  }
}
