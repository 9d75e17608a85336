package dev.nectar.cache.redis;

import static dev.nectar.cache.redis.RedisNodes.EXPIRY;
import static dev.nectar.cache.redis.RedisNodes.in;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.cache.Samples;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many leases at once, and many one after another. */
@Tag("slow")
class RedisKeyLeasesLoadTest {

  private static final RedisProcess REDIS = RedisProcess.started();

  private final RedisNodes nodes = new RedisNodes(REDIS);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterAll
  static void stopRedis() throws IOException {
    REDIS.close();
  }

  @AfterEach
  void close() {
    nodes.commands().flushall();
    nodes.close();
    threads.close();
  }

  /** As many as flights may be under way, each renewed many times at 30 ms a round trip. */
  @Test
  void leases_inGreatNumber_areHeldOverASlowPath() throws Exception {
    var expiry = Duration.ofSeconds(4);
    var keys = keys(1_280);
    var node = nodes.node(nodes.path(Duration.ofMillis(15)), expiry);
    var other = nodes.node(expiry);

    var leases = each(keys, key -> node.take(key, in(Duration.ofMinutes(1))).orElseThrow());
    var taken = each(keys, key -> other.take(key, in(expiry.multipliedBy(2))));

    assertThat(leases).doesNotContain(KeyLeases.Lease.FREE);
    assertThat(taken).hasSize(1_280);
    assertThat(taken.stream().flatMap(Optional::stream)).isEmpty();
  }

  /** What others left may go, or come, in some round; what leases left would grow in each. */
  @Test
  void leases_ofManyKeys_leaveNothingInTheHeap() throws Exception {
    var node = nodes.node(EXPIRY);
    var count = 4_000;
    var grown = new ArrayList<Long>();
    for (var round = 0; round < 5; round++) {
      var before = settledBytes();
      takeAndGiveBack(node, round * count, count);
      grown.add(settledBytes() - before);
    }

    assertThat(grown.stream().sorted().toList().get(2))
        .as("median of bytes a round, of %s", grown)
        .isLessThan(count * 20L);
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

  /** When what goes by itself has gone, such as the timers of commands that were answered. */
  private static long settledBytes() throws JMException {
    var least = Long.MAX_VALUE;
    for (var reading = 0; reading < 10; reading++) {
      least = Math.min(least, liveBytes());
    }
    return least;
  }

  /** Of all objects that can be reached. The heap in use would count what has died since, too. */
  private static long liveBytes() throws JMException {
    var histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    ObjectName.getInstance("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns[0].endsWith(":") && !columns[3].contains("FillerElement"))
        .mapToLong(columns -> Long.parseLong(columns[2]))
        .sum();
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
}
