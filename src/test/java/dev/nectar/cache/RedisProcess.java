package dev.nectar.cache;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import redis.embedded.RedisServer;

/** A real Redis, which may be killed, held and started again on the same port, empty. */
public final class RedisProcess implements AutoCloseable {

  private final int port;
  private final List<String> settings;
  private RedisServer server;

  private RedisProcess(int port, List<String> settings, RedisServer server) {
    this.port = port;
    this.settings = settings;
    this.server = server;
  }

  /** One that is not started yet. */
  public static RedisProcess notStarted(String... settings) {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = free.getLocalPort();
      return new RedisProcess(port, List.of(settings), server(port, List.of(settings)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static RedisProcess started(String... settings) {
    var redis = notStarted(settings);
    redis.start();
    return redis;
  }

  private static RedisServer server(int port, List<String> settings) throws IOException {
    var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"");
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

  /** Connections to a Redis that answers. */
  static HeartbeatConnectionFactory connect(String url, Duration patience) {
    var connections = connectAnyway(url, patience);
    await().until(connections::isAlive);
    return connections;
  }

  /** Connections to a Redis that may be down. */
  static HeartbeatConnectionFactory connectAnyway(String url, Duration patience) {
    var clients = new RedisClients(RedisUrl.parse(url).orElseThrow(), patience);
    return new HeartbeatConnectionFactory(clients, InstantSource.system()).start();
  }

  /** Kills it at once, without a farewell to its clients. */
  public void kill() throws IOException {
    handle().destroyForcibly();
    server.stop();
    server = server(port, settings);
  }

  /** Lets it accept connections and answer nothing. */
  public void hold() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void release() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    var pid = Long.toString(handle().pid());
    if (new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor() != 0) {
      throw new IOException("could not be signalled");
    }
  }

  private ProcessHandle handle() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(":" + port))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
