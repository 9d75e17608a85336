package dev.nectar.cache.redis;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import dev.nectar.storage.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that hold half of the keys each, of which the URL names one. */
@Tag("slow")
class RedisClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SLOTS = 16_384;
  private static final int KEYS = 50;

  @TempDir private Path directory;

  private RedisProcess node(String name) {
    return RedisProcess.started(
        "cluster-enabled yes", "cluster-config-file " + directory.resolve(name));
  }

  private static void join(RedisProcess first, RedisProcess second) {
    try (var one = RedisClient.create(first.url());
        var two = RedisClient.create(second.url())) {
      var commands = one.connect().sync();
      var others = two.connect().sync();
      commands.clusterAddSlots(IntStream.range(0, SLOTS / 2).toArray());
      others.clusterAddSlots(IntStream.range(SLOTS / 2, SLOTS).toArray());
      commands.clusterMeet("127.0.0.1", second.port());
      await().atMost(PATIENCE).until(() -> isWell(commands) && isWell(others));
    }
  }

  private static boolean isWell(RedisCommands<String, String> node) {
    return node.clusterInfo().contains("cluster_state:ok");
  }

  @Test
  void entriesAndLeases_ofAllNodes_areFoundByWayOfOne() throws Exception {
    try (var first = node("first");
        var second = node("second")) {
      join(first, second);
      try (var client = RedisProcess.connect(first.url(), PATIENCE);
          var leases = new RedisKeyLeases(client, PATIENCE)) {
        var expiry =
            new Expiry(Duration.ofHours(24), Duration.ofMinutes(1), InstantSource.system());
        var store = new RedisCacheStore(client, expiry);

        for (var number = 0; number < KEYS; number++) {
          store.keep(key("apple " + number), hosted("apple", "" + number));
        }

        for (var number = 0; number < KEYS; number++) {
          assertThat(store.find(key("apple " + number))).contains(hosted("apple", "" + number));
          assertThat(store.delete(key("apple " + number))).isTrue();
          assertTakenOnce(leases, key("apple " + number));
        }
      }
    }
  }

  private static void assertTakenOnce(KeyLeases leases, CacheKey key) {
    var deadline = Deadline.in(PATIENCE, Ticker.systemTicker());
    try (var lease = leases.take(key, deadline).orElseThrow()) {
      assertThat(leases.take(key, deadline.atMost(Duration.ofMillis(20)))).isEmpty();
      assertThat(leases.revoke(key)).isTrue();
      assertThat(lease.isRevoked()).isTrue();
    }
    assertThat(leases.revoke(key)).isFalse();
  }
}
