package dev.nectar.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.Samples;
import dev.nectar.http.Deadline;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisProcess;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Nodes that agree by way of a Redis who makes the image of {@link #KEY} and others. */
final class RedisNodes implements AutoCloseable {

  static final CacheKey KEY = Samples.key("apple");
  static final String LEASE = "nectar:lease:" + KEY;

  /** As in production. */
  static final Duration EXPIRY = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RedisProcess redis;
  private final Deque<Runnable> opened = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RedisNodes(RedisProcess redis) {
    this.redis = redis;
  }

  RedisKeyLeases node(Duration expiry) {
    return node(redis.url(), expiry);
  }

  RedisKeyLeases node(VanishingPath path, Duration expiry) {
    return node("redis://127.0.0.1:" + path.port(), expiry);
  }

  RedisKeyLeases node(String url, Duration expiry) {
    var leases = new RedisKeyLeases(connect(url), expiry);
    opened.push(leases::close);
    return leases;
  }

  private Redis connect(String url) {
    var client = RedisProcess.connectAnyway(url, PATIENCE);
    opened.push(client::close);
    return client;
  }

  /**
   * A way to Redis for a node.
   *
   * @param delay in either direction
   */
  VanishingPath path(Duration delay) throws IOException {
    var path = new VanishingPath(redis.port(), delay);
    opened.push(path::close);
    return path;
  }

  RedisCommands<String, String> commands() {
    return redis.commands();
  }

  static Deadline in(Duration time) {
    return Deadline.in(time, Ticker.systemTicker());
  }

  static KeyLeases.Lease take(KeyLeases node) {
    return node.take(KEY, in(Duration.ofMinutes(1))).orElseThrow();
  }

  CompletableFuture<KeyLeases.Lease> taking(KeyLeases node) {
    return CompletableFuture.supplyAsync(() -> take(node), threads);
  }

  static void assertHeld(KeyLeases.Lease lease) {
    assertThat(lease).as("in Redis").isNotEqualTo(KeyLeases.Lease.FREE);
    assertThat(lease.isRevoked()).isFalse();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    opened.forEach(Runnable::run);
  }
}
