package dev.nectar.storage;

import dev.nectar.settings.RedisUrl;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.Objects;

/**
 * Clients of one Redis or of the cluster that it belongs to; none has a connection yet.
 *
 * @param patience with a command
 */
record RedisClients(RedisUrl url, Duration patience) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(30);

  SharedConnection ofServer() {
    var client = RedisClient.create(place().withDatabase(url.database()).build());
    client.setOptions(with(ClientOptions.builder()).build());
    return new SharedConnection(client);
  }

  SharedConnection ofCluster() {
    var client = RedisClusterClient.create(place().build());
    var refresh =
        ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh(TOPOLOGY_REFRESH).build();
    client.setOptions(with(ClusterClientOptions.builder()).topologyRefreshOptions(refresh).build());
    return new SharedConnection(client);
  }

  private RedisURI.Builder place() {
    var place =
        RedisURI.Builder.redis(url.host(), url.port()).withSsl(url.tls()).withTimeout(patience);
    if (url.user() != null) {
      place.withAuthentication(url.user(), Objects.requireNonNullElse(url.password(), ""));
    } else if (url.password() != null) {
      place.withPassword((CharSequence) url.password());
    }
    return place;
  }

  /** What is lost is not waited for, not even until it is connected again. */
  private static <B extends ClientOptions.Builder> B with(B options) {
    options
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
        .timeoutOptions(TimeoutOptions.enabled());
    return options;
  }
}
