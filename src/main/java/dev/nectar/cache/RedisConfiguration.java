package dev.nectar.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The way to Redis: connected when first used, and again whenever it was lost. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEntryPlace(EntryPlace.REDIS)
class RedisConfiguration {

  /** Requests wait for it: longer than any answer of a Redis that is well. */
  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** So long do the nodes wait for one that died. */
  private static final Duration LEASE_EXPIRY = Duration.ofSeconds(10);

  private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

  @Bean(destroyMethod = "shutdown")
  ClientResources redisResources() {
    return ClientResources.builder()
        .reconnectDelay(
            Delay.exponential(
                Duration.ofMillis(1), LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
        .build();
  }

  @Bean
  LettuceConnectionFactory redisConnections(CacheSettings settings, ClientResources resources) {
    var url = settings.redis();
    var server = new RedisStandaloneConfiguration(url.host(), url.port());
    server.setDatabase(url.database());
    server.setUsername(url.user());
    server.setPassword(url.password());
    return new LettuceConnectionFactory(server, client(url, resources));
  }

  @Bean
  RedisKeyLeases keyLeases(LettuceConnectionFactory connections) {
    return new RedisKeyLeases(connections, LEASE_EXPIRY);
  }

  private static LettuceClientConfiguration client(RedisUrl url, ClientResources resources) {
    var client =
        LettuceClientConfiguration.builder()
            .clientResources(resources)
            .commandTimeout(COMMAND_TIMEOUT)
            .clientOptions(
                ClientOptions.builder()
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(
                        SocketOptions.builder()
                            .connectTimeout(CONNECT_TIMEOUT)
                            .keepAlive(true)
                            .build())
                    .timeoutOptions(TimeoutOptions.enabled())
                    .build());
    return url.tls() ? client.useSsl().and().build() : client.build();
  }
}
