package dev.nectar.cache;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.Deadline;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

class RedisKeyLeasesTest {

  private static final Duration EXPIRY = Duration.ofSeconds(10);
  private static final CacheKey KEY = Samples.key("apple");

  private static final ClientResources RESOURCES = ClientResources.create();

  private static RedisServer redis;
  private static int port;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void startRedis() throws IOException {
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    redis = new RedisServer(port);
    redis.start();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    redis.stop();
    assertThat(RESOURCES.shutdown(0, 0, SECONDS).awaitUninterruptibly(10_000)).isTrue();
  }

  @AfterEach
  void close() throws Exception {
    commands().delete(commands().keys("*"));
    threads.shutdownNow();
    for (var one : opened) {
      one.close();
    }
  }

  private LettuceConnectionFactory connect(int toPort) {
    var connections =
        new LettuceConnectionFactory(
            new RedisStandaloneConfiguration("127.0.0.1", toPort),
            LettuceClientConfiguration.builder().clientResources(RESOURCES).build());
    connections.afterPropertiesSet();
    connections.start();
    opened.add(connections::destroy);
    return connections;
  }

  private RedisKeyLeases node(Duration expiry) {
    var leases = new RedisKeyLeases(connect(port), expiry);
    opened.addFirst(leases);
    return leases;
  }

  private StringRedisTemplate commands() {
    return new StringRedisTemplate(connect(port));
  }

  private static Deadline in(Duration time) {
    return Deadline.in(time, Ticker.systemTicker());
  }

  private static KeyLeases.Lease take(KeyLeases node) {
    return node.take(KEY, in(Duration.ofMinutes(1))).orElseThrow();
  }

  /** Takes the lease on a thread of its own, as a flight does, and closes it when told. */
  private CompletableFuture<Boolean> hold(
      KeyLeases node, CountDownLatch taken, CountDownLatch end) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (var lease = take(node)) {
            taken.countDown();
            assertThat(end.await(60, SECONDS)).isTrue();
            return lease.isRevoked();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        threads);
  }

  @Test
  void lease_ofAnotherNode_isWaitedForUntilItIsClosed() throws Exception {
    var taken = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var holder = hold(node(EXPIRY), taken, end);
    assertThat(taken.await(60, SECONDS)).isTrue();
    var waiter = hold(node(EXPIRY), new CountDownLatch(1), end);

    assertThat(waiter).isNotDone();
    end.countDown();
    assertThat(holder.get(60, SECONDS)).isFalse();
    assertThat(waiter.get(60, SECONDS)).isFalse();
  }

  @Test
  void lease_notFreeByTheDeadline_isNone() throws Exception {
    var taken = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var holder = hold(node(EXPIRY), taken, end);
    assertThat(taken.await(60, SECONDS)).isTrue();

    assertThat(node(EXPIRY).take(KEY, in(Duration.ofMillis(10)))).isEmpty();
    end.countDown();
    assertThat(holder.get(60, SECONDS)).isFalse();
  }

  @Test
  void lease_held_isRenewed() throws Exception {
    var redis = commands();
    try (var lease = take(node(Duration.ofSeconds(6)))) {
      var least = new long[] {Long.MAX_VALUE};
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(() -> {
            long left = redis.getExpire("nectar:lease:" + KEY, MILLISECONDS);
            least[0] = Math.min(least[0], left);
            return left > least[0] + 100;
          });
      assertThat(lease.isRevoked()).isFalse();
    }
    assertThat(redis.hasKey("nectar:lease:" + KEY)).isFalse();
  }

  @Test
  void lease_ofANodeThatDied_isTakenOver() {
    var dying = node(Duration.ofMillis(500));
    var lost = take(dying);
    dying.close();

    try (var lease = take(node(EXPIRY))) {
      assertThat(lease.isRevoked()).isFalse();
    }
    assertThat(lost).isNotNull();
  }

  @Test
  void revocation_reachesWhoHoldsAndWhoWaits() throws Exception {
    var taken = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var holder = hold(node(EXPIRY), taken, end);
    assertThat(taken.await(60, SECONDS)).isTrue();
    var tries = tries();
    var waiter = hold(node(EXPIRY), new CountDownLatch(1), end);
    await().until(() -> tries() > tries);
    var third = node(EXPIRY);
    await().until(() -> third.revoke(KEY));
    end.countDown();

    assertThat(holder.get(60, SECONDS)).isTrue();
    assertThat(waiter.get(60, SECONDS)).isTrue();
    try (var later = take(third)) {
      assertThat(later.isRevoked()).isFalse();
    }
  }

  /** How often somebody tried to take a lease, of all since the start. */
  private long tries() {
    var statistics =
        commands()
            .execute((RedisCallback<Properties>) c -> c.serverCommands().info("commandstats"));
    return Stream.of("cmdstat_eval", "cmdstat_evalsha")
        .map(name -> statistics.getProperty(name, "calls=0,").replaceAll("calls=(\\d+),.*", "$1"))
        .mapToLong(Long::parseLong)
        .sum();
  }

  @Test
  void revocation_ofWhatNobodyMakes_saysSo() {
    assertThat(node(EXPIRY).revoke(KEY)).isFalse();
  }

  @Test
  void redis_outOfReach_stopsNobody() throws IOException {
    int nobody;
    try (var free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    var alone = new RedisKeyLeases(connect(nobody), EXPIRY);
    opened.addFirst(alone);

    assertThat(alone.take(KEY, in(Duration.ofMinutes(1))))
        .isEqualTo(Optional.of(KeyLeases.Lease.FREE));
    assertThat(alone.revoke(KEY)).isFalse();
  }
}
