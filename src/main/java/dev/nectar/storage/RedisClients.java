package dev.nectar.storage;

import dev.nectar.settings.RedisUrl;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Clients of one Redis or of the cluster that it belongs to; none has a connection yet.
 *
 * @param patience with a command
 */
record RedisClients(RedisUrl url, Duration patience) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(30);

  LettuceConnectionFactory ofServer() {
    var server = new RedisStandaloneConfiguration(url.host(), url.port());
    server.setDatabase(url.database());
    server.setUsername(url.user());
    server.setPassword(url.password());
    return client(server, with(ClientOptions.builder()).build());
  }

  LettuceConnectionFactory ofCluster() {
    var cluster = new RedisClusterConfiguration().clusterNode(url.host(), url.port());
    cluster.setUsername(url.user());
    cluster.setPassword(url.password());
    var refresh =
        ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh(TOPOLOGY_REFRESH).build();
    return client(
        cluster, with(ClusterClientOptions.builder()).topologyRefreshOptions(refresh).build());
  }

  /** What is lost is not waited for, not even until it is connected again. */
  private static <B extends ClientOptions.Builder> B with(B options) {
    options
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
        .timeoutOptions(TimeoutOptions.enabled());
    return options;
  }

  private LettuceConnectionFactory client(RedisConfiguration place, ClientOptions options) {
    var client =
        LettuceClientConfiguration.builder().commandTimeout(patience).clientOptions(options);
    var connections =
        new LettuceConnectionFactory(
            place, url.tls() ? client.useSsl().and().build() : client.build());
    connections.afterPropertiesSet();
    return connections;
  }
}
