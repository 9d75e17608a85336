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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RedisKeyLeasesTest {

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
  void lease_ofAnotherNode_isWaitedForUntilItIsClosed() throws Exception {
    var lease = take(nodes.node(EXPIRY));
    var waiter = nodes.taking(nodes.node(EXPIRY));
    assertThat(waiter).isNotDone();

    lease.close();

    assertHeld(waiter.get(60, SECONDS));
  }

  @Test
  void lease_ofTheSameNode_isWaitedForToo() throws Exception {
    var node = nodes.node(EXPIRY);
    var lease = take(node);
    assertThat(node.take(KEY, in(Duration.ofMillis(300)))).isEmpty();

    lease.close();

    assertHeld(take(node));
  }

  @Test
  void take_ofWhatIsNotFree_endsAtItsDeadline() throws Exception {
    var path = nodes.path(Duration.ZERO);
    var node = nodes.node(path, EXPIRY);
    try (var lease = take(nodes.node(EXPIRY))) {
      assertEndsAfter(Duration.ofMillis(10), node);
      assertEndsAfter(Duration.ofMillis(1_500), node);
      path.hold();
      assertEndsAfter(Duration.ofMillis(1_500), node);
      path.release();
      assertHeld(lease);
    }
    assertHeld(take(node));
  }

  private static void assertEndsAfter(Duration time, KeyLeases node) {
    var start = System.nanoTime();
    assertThat(node.take(KEY, in(time))).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(time.minusMillis(1), time.plusMillis(500));
  }

  @Test
  void lease_givenBack_leavesNothing() {
    var redis = nodes.commands();
    var node = nodes.node(EXPIRY);
    try (var lease = take(node)) {
      assertThat(redis.exists(LEASE)).isOne();
      assertHeld(lease);
    }
    assertThat(redis.keys("*")).isEmpty();
  }

  @Test
  void lease_ofANodeThatDied_isTakenOver() {
    var dying = nodes.node(Duration.ofMillis(500));
    var lost = take(dying);
    dying.close();

    assertHeld(take(nodes.node(EXPIRY)));
    assertHeld(lost);
  }

  @Test
  void revocation_reachesWhoHoldsAndWhoWaits() throws Exception {
    var lease = take(nodes.node(Duration.ofMinutes(10)));
    var asked = asked();
    var waiter = nodes.taking(nodes.node(EXPIRY));
    await().until(() -> asked() > asked);
    var third = nodes.node(EXPIRY);

    assertThat(third.revoke(KEY)).isTrue();

    assertThat(lease.isRevoked()).isTrue();
    lease.close();
    try (var next = waiter.get(60, SECONDS)) {
      assertThat(next.isRevoked()).isTrue();
    }
    assertHeld(take(third));
  }

  /** How often somebody tried to take a lease, of all since the start. */
  private long asked() {
    return Pattern.compile("cmdstat_eval(?:sha)?:calls=(\\d+),")
        .matcher(nodes.commands().info("commandstats"))
        .results()
        .mapToLong(calls -> Long.parseLong(calls.group(1)))
        .sum();
  }

  @Test
  void revocation_ofWhatNobodyMakes_saysSo() {
    assertThat(nodes.node(EXPIRY).revoke(KEY)).isFalse();
  }
}
