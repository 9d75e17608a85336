package dev.nectar;

import dev.nectar.cache.CacheSettings;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryPlace;
import dev.nectar.cache.ImageStore;
import dev.nectar.cache.KeptSecret;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.file.FileCacheStore;
import dev.nectar.cache.file.SecretFile;
import dev.nectar.cache.redis.RedisCacheStore;
import dev.nectar.cache.redis.RedisKeyLeases;
import dev.nectar.cache.redis.RedisSecret;
import dev.nectar.cache.sqlite.SqliteCacheStore;
import dev.nectar.image.staging.PrivateFiles;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.settings.HeapShare;
import dev.nectar.storage.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Chooses among the stores, which know nothing of each other. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

  private static final Logger log = LoggerFactory.getLogger(CacheConfiguration.class);

  private static final String SIGNING_KEY = "signing.key";

  @Bean
  StagingArea stagingArea(CacheSettings settings) {
    return new StagingArea(
        settings.directory().toAbsolutePath().normalize(),
        settings.maxImageSize().toBytes(),
        HeapShare.HELD_IMAGES.bytes());
  }

  @Bean
  CacheStore cacheStore(
      CacheSettings settings,
      StagingArea staging,
      ObjectProvider<Redis> redis,
      RandomGenerator random,
      Clock clock,
      MeterRegistry registry) {
    var evictions = registry.counter("nectar.cache.evictions");
    return switch (settings.place()) {
      case FILES ->
          new FileCacheStore(
              staging,
              settings.maxSize().toBytes(),
              settings.expiry(clock),
              random,
              evictions::increment);
      case SQLITE -> SqliteCacheStore.open(settings.keyValueFile(), settings.expiry(clock));
      case REDIS -> new RedisCacheStore(redis.getObject(), settings.expiry(clock));
    };
  }

  @Bean
  KeyLeases keyLeases(CacheSettings settings, ObjectProvider<Redis> redis) {
    return switch (settings.place()) {
      case FILES, SQLITE -> KeyLeases.NONE;
      case REDIS -> new RedisKeyLeases(redis.getObject());
    };
  }

  /** Of links, where none is set. */
  @Bean
  @Lazy
  KeptSecret signingKey(CacheSettings settings, StagingArea staging, ObjectProvider<Redis> redis) {
    return settings.redisUrl() == null
        ? new SecretFile(staging.directory().resolve(SIGNING_KEY))
        : new RedisSecret(redis.getObject(), "nectar:signing-key");
  }

  /** Connects when it is first asked for. */
  @Bean
  @Lazy
  Redis redis(CacheSettings settings) {
    return Redis.at(settings.redis());
  }

  /** Only then: looking through a large directory would slow the start down. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> cacheScan(
      CacheSettings settings, StagingArea staging, CacheStore store) {
    return _ -> {
      warnOfReaders("CACHE_DIR", staging.directory());
      if (settings.place() == EntryPlace.SQLITE) {
        warnOfReaders("KV_FILE", settings.keyValueFile());
      }
      if (store instanceof ImageStore images) {
        images.start();
      } else {
        Thread.ofPlatform().daemon().name("staging-sweep").start(() -> sweep(staging));
      }
    };
  }

  /** Who let them in may have meant it. */
  private static void warnOfReaders(String variable, Path path) {
    try {
      if (PrivateFiles.isOpenToOthers(path)) {
        log.warn(
            "{} {} can be read by every user of this machine, with the prompts in it; chmod"
                + " go= closes it to them.",
            variable,
            path);
      }
    } catch (IOException e) {
      log.debug("Who can read {} {} is not known: {}", variable, path, e.toString());
    }
  }

  private static void sweep(StagingArea staging) {
    try {
      staging.sweep();
    } catch (IOException e) {
      log.warn("Abandoned temporary images could not be cleared away: {}", e.toString());
    }
  }
}
