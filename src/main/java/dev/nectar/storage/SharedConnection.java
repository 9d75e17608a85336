package dev.nectar.storage;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client and its only connection, which there is when it is first asked for. */
final class SharedConnection implements AutoCloseable {

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofMillis(100);

  private record Open(
      StatefulConnection<String, String> connection,
      RedisClusterCommands<String, String> commands) {}

  private final AbstractRedisClient client;
  private final Supplier<Open> connect;
  private @Nullable Open open;

  SharedConnection(RedisClient client) {
    this(
        client,
        () -> {
          var connection = client.connect();
          return new Open(connection, connection.sync());
        });
  }

  SharedConnection(RedisClusterClient client) {
    this(
        client,
        () -> {
          var connection = client.connect();
          return new Open(connection, connection.sync());
        });
  }

  private SharedConnection(AbstractRedisClient client, Supplier<Open> connect) {
    this.client = client;
    this.connect = connect;
  }

  /**
   * Those of a server are among those of a cluster.
   *
   * @throws RedisException if it can't connect
   */
  RedisClusterCommands<String, String> commands() {
    if (open == null) {
      open = connect.get();
    }
    return open.commands();
  }

  /** Has the next command connect again. */
  void reset() {
    var old = open;
    open = null;
    if (old != null) {
      old.connection().close();
    }
  }

  @Override
  public void close() {
    reset();
    client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
  }
}
