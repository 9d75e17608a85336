package dev.nectar.cache;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.http.Deadline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisKeyLeasesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration EXPIRY = Duration.ofSeconds(10);
  private static final CacheKey KEY = Samples.key("apple");

  private static RedisProcess redis;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.started();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    redis.close();
  }

  @AfterEach
  void close() throws Exception {
    commands().delete(commands().keys("*"));
    threads.shutdownNow();
    for (var one : opened) {
      one.close();
    }
  }

  private HeartbeatConnectionFactory connect(String url) {
    var connections = RedisProcess.connectAnyway(url, PATIENCE);
    opened.addFirst(connections);
    return connections;
  }

  private RedisKeyLeases node(Duration expiry) {
    return node(redis.url(), expiry);
  }

  private RedisKeyLeases node(String url, Duration expiry) {
    var leases = new RedisKeyLeases(connect(url), expiry, InstantSource.system());
    opened.addFirst(leases);
    return leases;
  }

  /** A way to Redis for a node. */
  private VanishingPath path(Duration delay) throws IOException {
    var path = new VanishingPath(redis.port(), delay);
    opened.addFirst(path);
    return path;
  }

  private static String url(VanishingPath path) {
    return "redis://127.0.0.1:" + path.port();
  }

  private StringRedisTemplate commands() {
    return new StringRedisTemplate(connect(redis.url()));
  }

  private static Deadline in(Duration time) {
    return Deadline.in(time, InstantSource.system());
  }

  private static KeyLeases.Lease take(KeyLeases node) {
    return node.take(KEY, in(Duration.ofMinutes(1))).orElseThrow();
  }

  private CompletableFuture<KeyLeases.Lease> taking(KeyLeases node) {
    return CompletableFuture.supplyAsync(() -> take(node), threads);
  }

  private static void assertHeld(KeyLeases.Lease lease) {
    assertThat(lease).as("in Redis").isNotEqualTo(KeyLeases.Lease.FREE);
    assertThat(lease.isRevoked()).isFalse();
  }

  /** What each key comes to, all at once. */
  private <T> List<T> each(List<CacheKey> keys, Function<CacheKey, T> step) throws Exception {
    var steps = keys.stream().map(key -> (Callable<T>) () -> step.apply(key)).toList();
    var outcomes = new ArrayList<T>();
    for (var outcome : threads.invokeAll(steps)) {
      outcomes.add(outcome.get());
    }
    return outcomes;
  }

  private static List<CacheKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(n -> Samples.key("apple " + n)).toList();
  }

  @Test
  void lease_ofAnotherNode_isWaitedForUntilItIsClosed() throws Exception {
    var lease = take(node(EXPIRY));
    var waiter = taking(node(EXPIRY));
    assertThat(waiter).isNotDone();

    lease.close();

    assertHeld(waiter.get(60, SECONDS));
  }

  @Test
  void lease_ofTheSameNode_isWaitedForToo() throws Exception {
    var node = node(EXPIRY);
    var lease = take(node);
    assertThat(node.take(KEY, in(Duration.ofMillis(300)))).isEmpty();

    lease.close();

    assertHeld(take(node));
  }

  @Test
  void take_ofWhatIsNotFree_endsAtItsDeadline() throws Exception {
    var path = path(Duration.ZERO);
    var node = node(url(path), EXPIRY);
    try (var lease = take(node(EXPIRY))) {
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
    var redis = commands();
    var node = node(EXPIRY);
    try (var lease = take(node)) {
      assertThat(redis.hasKey("nectar:lease:" + KEY)).isTrue();
      assertHeld(lease);
    }
    assertThat(redis.keys("*")).isEmpty();
  }

  /** As many as flights may be under way, each renewed many times at 30 ms a round trip. */
  @Test
  void leases_inGreatNumber_areHeldOverASlowPath() throws Exception {
    var expiry = Duration.ofSeconds(4);
    var keys = keys(1_280);
    var node = node(url(path(Duration.ofMillis(15))), expiry);
    var other = node(expiry);

    var leases = each(keys, key -> node.take(key, in(Duration.ofMinutes(1))).orElseThrow());
    var taken = each(keys, key -> other.take(key, in(expiry.multipliedBy(2))));

    assertThat(leases).doesNotContain(KeyLeases.Lease.FREE);
    assertThat(taken).hasSize(1_280);
    assertThat(taken.stream().flatMap(Optional::stream)).isEmpty();
  }

  @Test
  void lease_ofANodeThatDied_isTakenOver() {
    var dying = node(Duration.ofMillis(500));
    var lost = take(dying);
    dying.close();

    assertHeld(take(node(EXPIRY)));
    assertHeld(lost);
  }

  @Test
  void lease_thatRedisHasForgotten_isTakenAgain() {
    var node = node(Duration.ofSeconds(1));
    var redis = commands();
    try (var lease = take(node)) {
      redis.delete("nectar:lease:" + KEY);

      await().until(() -> redis.hasKey("nectar:lease:" + KEY));
      assertHeld(lease);
    }
    assertThat(redis.hasKey("nectar:lease:" + KEY)).isFalse();
  }

  /** Nobody loses what it holds or takes what it should not, on either side of the pause. */
  @Test
  void redis_thatPauses_isWaitedFor() throws Exception {
    try (var redis = RedisProcess.started()) {
      var holder = node(redis.url(), EXPIRY);
      var other = node(redis.url(), EXPIRY);
      var lease = take(holder);
      var waiter = taking(other);

      redis.hold();
      var latecomer = taking(other);
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
    var path = path(Duration.ZERO);
    var other = node(EXPIRY);
    var redis = commands();
    try (var lease = take(node(url(path), EXPIRY))) {
      path.hold();
      assertThat(other.take(KEY, in(Duration.ofSeconds(3)))).isEmpty();
      var left = redis.getExpire("nectar:lease:" + KEY, MILLISECONDS);
      path.release();
      await().until(() -> redis.getExpire("nectar:lease:" + KEY, MILLISECONDS) > left);
      assertHeld(lease);
    }
    assertHeld(take(other));
  }

  @Test
  void revocation_reachesWhoHoldsAndWhoWaits() throws Exception {
    var lease = take(node(Duration.ofMinutes(10)));
    var asked = asked();
    var waiter = taking(node(EXPIRY));
    await().until(() -> asked() > asked);
    var third = node(EXPIRY);

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
    var alone = node("redis://127.0.0.1:" + RedisProcess.freePort(), EXPIRY);

    assertThat(alone.take(KEY, in(Duration.ofMinutes(1)))).contains(KeyLeases.Lease.FREE);
    assertThat(alone.revoke(KEY)).isFalse();
  }

  @Test
  void redis_thatDies_stopsNobodyForLong() throws Exception {
    try (var redis = RedisProcess.started()) {
      var node = node(redis.url(), EXPIRY);
      var waiter = node(redis.url(), EXPIRY);
      try (var lease = take(node)) {
        assertHeld(lease);
        var waiting = taking(waiter);
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
      var node = node(redis.url().replace("://", "://reader:word@"), EXPIRY);

      assertThat(node.take(KEY, in(Duration.ofSeconds(3)))).contains(KeyLeases.Lease.FREE);
    }
  }

  @Test
  void leases_ofManyKeys_leaveNothingInTheHeap() throws Exception {
    var node = node(EXPIRY);
    takeAndGiveBack(node, 0, 10_000);
    var before = usedHeap();

    takeAndGiveBack(node, 10_000, 50_000);

    assertThat(usedHeap() - before).as("bytes").isLessThan(50_000 * 100);
  }

  private void takeAndGiveBack(RedisKeyLeases node, int from, int count) throws Exception {
    var next = new AtomicInteger(from);
    Callable<Boolean> flights =
        () -> {
          for (var number = next.getAndIncrement();
              number < from + count;
              number = next.getAndIncrement()) {
            var key = new CacheKey(number, 0, 0, 0);
            node.take(key, in(Duration.ofMinutes(1))).orElseThrow().close();
          }
          return true;
        };
    for (var ended : threads.invokeAll(Collections.nCopies(200, flights))) {
      assertThat(ended.get()).isTrue();
    }
  }

  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
