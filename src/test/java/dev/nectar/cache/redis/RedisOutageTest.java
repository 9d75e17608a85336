package dev.nectar.cache.redis;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.Expiry;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A Redis that is down, dies, hangs and comes back. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class RedisOutageTest {

  private static final Expiry EXPIRY =
      new Expiry(Duration.ofHours(24), Duration.ofMinutes(1), InstantSource.system());

  private static RedisCacheStore store(Redis client) {
    return new RedisCacheStore(client, EXPIRY);
  }

  private static Redis connect(String url) {
    return RedisProcess.connectAnyway(url, Duration.ofSeconds(1));
  }

  private static void assertMissesAtOnce(CacheStore store) throws Exception {
    Callable<Boolean> finds = () -> store.find(key("apple")).isPresent();
    var start = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var found : threads.invokeAll(Stream.generate(() -> finds).limit(1_000).toList())) {
        assertThat(found.get()).isFalse();
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("1,000 misses")
        .isLessThan(Duration.ofSeconds(5));
    assertThatThrownBy(() -> store.keep(key("apple"), hosted("apple", "1")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not answer");
    assertThatThrownBy(() -> store.delete(key("apple"))).isInstanceOf(IOException.class);
    assertThat(store.status()).isEqualTo(new CacheStatus("redis", null, null, false, false));
  }

  /** A server in this process may have quietened the whole log. */
  @BeforeEach
  void listen() {
    ((Logger) LoggerFactory.getLogger(Redis.class)).setLevel(Level.INFO);
  }

  private static void awaitKeeping(CacheStore store) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> {
          store.keep(key("apple"), hosted("apple", "1"));
          assertThat(store.find(key("apple"))).isPresent();
          assertThat(store.status().available()).isTrue();
        });
  }

  private static void awaitOutage(CacheStore store) {
    await().atMost(Duration.ofSeconds(60)).until(() -> !store.status().available());
  }

  @Test
  void redis_downAtStart_missesUntilItIsThere(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.notStarted();
        var client = connect(redis.url())) {
      var store = store(client);
      assertMissesAtOnce(store);

      redis.start();

      awaitKeeping(store);
      assertThat(output)
          .containsOnlyOnce("does not answer; until it does")
          .contains("answers again");
    }
  }

  @Test
  void redis_killed_missesUntilItIsBack(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started();
        var client = connect(redis.url())) {
      var store = store(client);
      awaitKeeping(store);

      redis.kill();
      assertThat(store.find(key("apple"))).isEmpty();
      awaitOutage(store);
      assertMissesAtOnce(store);
      redis.start();

      awaitKeeping(store);
      assertThat(output)
          .containsOnlyOnce("does not answer; until it does")
          .contains("answers again");
    }
  }

  @Test
  void redis_thatHangs_missesUntilItAnswers() throws Exception {
    try (var redis = RedisProcess.started();
        var client = connect(redis.url())) {
      var store = store(client);
      awaitKeeping(store);

      redis.hold();
      awaitOutage(store);
      assertMissesAtOnce(store);
      redis.release();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(store.find(key("apple"))).isPresent());
    }
  }

  @Test
  void redis_thatPauses_keepsAllTheSame() throws Exception {
    try (var redis = RedisProcess.started();
        var client = connect(redis.url());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var store = store(client);
      awaitKeeping(store);

      redis.hold();
      Callable<Boolean> keeps =
          () -> {
            store.keep(key("pear"), hosted("pear", "2"));
            return true;
          };
      var kept = threads.submit(keeps);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(30))
          .until(() -> !kept.isDone());
      redis.release();

      assertThat(kept.get()).isTrue();
      assertThat(store.find(key("pear"))).contains(hosted("pear", "2"));
    }
  }

  /** Connections are accepted and nothing ever comes: a path on which packets vanish. */
  @Test
  void connection_thatLeadsNowhere_isReplaced() throws Exception {
    try (var redis = RedisProcess.started();
        var path = new VanishingPath(redis.port());
        var client = connect("redis://127.0.0.1:" + path.port())) {
      var store = store(client);
      awaitKeeping(store);

      path.vanish();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> path.accepted() > 1 && store.find(key("apple")).isPresent());
    }
  }
}
