package dev.nectar.cache.redis;

import static dev.nectar.cache.redis.RedisNodes.EXPIRY;
import static dev.nectar.cache.redis.RedisNodes.KEY;
import static dev.nectar.cache.redis.RedisNodes.LEASE;
import static dev.nectar.cache.redis.RedisNodes.assertHeld;
import static dev.nectar.cache.redis.RedisNodes.in;
import static dev.nectar.cache.redis.RedisNodes.take;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.KeyLeases;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leases while Redis pauses, forgets, forbids or is not there. */
@Tag("slow")
class RedisKeyLeasesOutageTest {

  private static final RedisProcess REDIS = RedisProcess.started();

  private final RedisNodes nodes = new RedisNodes(REDIS);

  @AfterAll
  static void stopRedis() throws IOException {
    REDIS.close();
  }

  @AfterEach
  void close() {
    nodes.commands().flushall();
    nodes.close();
  }

  @Test
  void lease_thatRedisHasForgotten_isTakenAgain() {
    var node = nodes.node(Duration.ofSeconds(1));
    var redis = nodes.commands();
    try (var lease = take(node)) {
      redis.del(LEASE);

      await().until(() -> redis.exists(LEASE) == 1);
      assertHeld(lease);
    }
    assertThat(redis.exists(LEASE)).isZero();
  }

  /** Nobody loses what it holds or takes what it should not, on either side of the pause. */
  @Test
  void redis_thatPauses_isWaitedFor() throws Exception {
    try (var redis = RedisProcess.started()) {
      var holder = nodes.node(redis.url(), EXPIRY);
      var other = nodes.node(redis.url(), EXPIRY);
      var lease = take(holder);
      var waiter = nodes.taking(other);

      redis.hold();
      var latecomer = nodes.taking(other);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(30))
          .until(() -> !waiter.isDone() && !latecomer.isDone());
      redis.release();

      assertThat(other.take(KEY, in(Duration.ofSeconds(1)))).isEmpty();
      assertThat(waiter).isNotDone();
      assertThat(latecomer).isNotDone();
      assertThat(lease.isRevoked()).isFalse();
      lease.close();
      var next = (KeyLeases.Lease) CompletableFuture.anyOf(waiter, latecomer).get(60, SECONDS);
      assertHeld(next);
      next.close();
      assertHeld(waiter.get(60, SECONDS));
      assertHeld(latecomer.get(60, SECONDS));
    }
  }

  /** The holder can't renew, and another node, which can reach Redis, waits all the same. */
  @Test
  void path_thatPauses_losesNoLease() throws Exception {
    var path = nodes.path(Duration.ZERO);
    var other = nodes.node(EXPIRY);
    var redis = nodes.commands();
    try (var lease = take(nodes.node(path, EXPIRY))) {
      path.hold();
      assertThat(other.take(KEY, in(Duration.ofSeconds(3)))).isEmpty();
      var left = redis.pttl(LEASE);
      path.release();
      await().until(() -> redis.pttl(LEASE) > left);
      assertHeld(lease);
    }
    assertHeld(take(other));
  }

  @Test
  void redis_outOfReach_stopsNobody() throws IOException {
    var alone = nodes.node("redis://127.0.0.1:" + RedisProcess.freePort(), EXPIRY);

    assertThat(alone.take(KEY, in(Duration.ofMinutes(1)))).contains(KeyLeases.Lease.FREE);
    assertThat(alone.revoke(KEY)).isFalse();
  }

  @Test
  void redis_thatDies_stopsNobodyForLong() throws Exception {
    try (var redis = RedisProcess.started()) {
      var node = nodes.node(redis.url(), EXPIRY);
      var waiter = nodes.node(redis.url(), EXPIRY);
      try (var lease = take(node)) {
        assertHeld(lease);
        var waiting = nodes.taking(waiter);
        assertThat(waiting).isNotDone();
        redis.kill();

        assertThat(waiting.get(60, SECONDS)).isEqualTo(KeyLeases.Lease.FREE);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> node.take(KEY, in(Duration.ofMillis(500))).isPresent());
      }
    }
  }

  /** It stands in the way of nobody who could not even wait for it. */
  @Test
  void redis_thatForbids_stopsNobody() throws Exception {
    try (var redis = RedisProcess.started("user reader on >word ~* +get")) {
      var node = nodes.node(redis.url().replace("://", "://reader:word@"), EXPIRY);

      assertThat(node.take(KEY, in(Duration.ofSeconds(3)))).contains(KeyLeases.Lease.FREE);
    }
  }
}
