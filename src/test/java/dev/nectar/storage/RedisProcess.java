package dev.nectar.storage;

import static org.awaitility.Awaitility.await;

import dev.nectar.settings.RedisUrl;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** A real Redis, which may be killed, held and started again on the same port, empty. */
public final class RedisProcess implements AutoCloseable {

  private final int port;
  private final Path pidFile;
  private final List<String> settings;
  private RedisServer server;
  private @Nullable RedisClient client;
  private @Nullable StatefulRedisConnection<String, String> connection;
  private boolean held;

  private RedisProcess(int port, String... settings) throws IOException {
    this.port = port;
    this.pidFile = Files.createTempFile("redis", ".pid");
    this.settings =
        Stream.concat(Stream.of("save \"\"", "pidfile " + pidFile), Stream.of(settings)).toList();
    this.server = server();
  }

  /** One that is not started yet. */
  public static RedisProcess notStarted(String... settings) {
    try {
      return new RedisProcess(freePort(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that is free, and so is the one 10,000 above, where a node of a cluster listens too. */
  public static int freePort() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var free = new ServerSocket(0, 1, loopback);
        var _ = new ServerSocket(free.getLocalPort() + 10_000, 1, loopback)) {
      return free.getLocalPort();
    } catch (BindException | IllegalArgumentException _) {
      return freePort();
    }
  }

  public static RedisProcess started(String... settings) {
    var redis = notStarted(settings);
    redis.start();
    return redis;
  }

  private RedisServer server() throws IOException {
    var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1");
    settings.forEach(builder::setting);
    return builder.build();
  }

  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Commands by a connection of their own. */
  public RedisCommands<String, String> commands() {
    if (connection == null) {
      client = RedisClient.create(url());
      connection = client.connect();
    }
    return connection.sync();
  }

  /** A Redis that answers. */
  public static Redis connect(String url, Duration patience) {
    var redis = connectAnyway(url, patience);
    await().until(redis::isAlive);
    return redis;
  }

  /** A Redis that may be down. */
  public static Redis connectAnyway(String url, Duration patience) {
    return new Redis(new RedisClients(RedisUrl.parse(url).orElseThrow(), patience)).start();
  }

  /** Kills it at once, without a farewell to its clients; it can be started again. */
  public void kill() throws IOException, InterruptedException {
    signal("KILL");
    server.stop();
    server = server();
  }

  /** Lets it accept connections and answer nothing. */
  public void hold() throws IOException, InterruptedException {
    signal("STOP");
    held = true;
  }

  public void release() throws IOException, InterruptedException {
    signal("CONT");
    held = false;
  }

  private void signal(String name) throws IOException, InterruptedException {
    var pid = Files.readString(pidFile).strip();
    if (new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor() != 0) {
      throw new IOException("could not be signalled");
    }
  }

  /** Whatever is held would not take notice of its end. */
  @Override
  public void close() throws IOException {
    try {
      if (held) {
        release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (client != null) {
      client.close();
    }
    server.stop();
    Files.deleteIfExists(pidFile);
  }
}
