package dev.nectar.cache;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Entries in Redis, and the way there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEntryPlace(EntryPlace.REDIS)
class RedisConfiguration {

  /** Requests wait for it: longer than any answer of a Redis that is well. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** So long do the nodes wait for one that died. */
  private static final Duration LEASE_EXPIRY = Duration.ofSeconds(10);

  @Bean
  HeartbeatConnectionFactory redisConnections(CacheSettings settings) {
    return new HeartbeatConnectionFactory(new RedisClients(settings.redis(), PATIENCE)).start();
  }

  @Bean
  RedisCacheStore cacheStore(
      HeartbeatConnectionFactory connections, CacheSettings settings, Clock clock) {
    return new RedisCacheStore(connections, settings.expiry(clock));
  }

  @Bean
  RedisKeyLeases keyLeases(HeartbeatConnectionFactory connections) {
    return new RedisKeyLeases(connections, LEASE_EXPIRY);
  }
}
