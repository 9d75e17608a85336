package dev.nectar.cache.redis;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.http.Deadline;
import dev.nectar.storage.RedisProcess;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Redis that does not let everyone in. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class RedisAccessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Expiry EXPIRY =
      new Expiry(Duration.ofHours(24), Duration.ofMinutes(1), InstantSource.system());

  /** What the store and the leases do, and nothing else. */
  private static final String RIGHTS =
      "~nectar:* +get +set +getdel +zadd +zrem +zrevrangebyscore +exists +del +eval +evalsha";

  private static String url(RedisProcess redis, String userInfo) {
    return redis.url().replace("://", "://" + userInfo + "@");
  }

  private static void assertKeepsAndFinds(String url) throws Exception {
    try (var client = RedisProcess.connect(url, PATIENCE);
        var leases = new RedisKeyLeases(client, PATIENCE)) {
      var store = new RedisCacheStore(client, EXPIRY);
      store.keep(key("apple"), hosted("apple", "1"));
      assertThat(store.find(key("apple"))).contains(hosted("apple", "1"));
      assertThat(store.list(new EntryQuery(null, "", 10)).entries()).hasSize(1);
      assertThat(store.delete(key("apple"))).isTrue();
      var deadline = Deadline.in(PATIENCE, Ticker.systemTicker());
      try (var lease = leases.take(key("apple"), deadline).orElseThrow()) {
        assertThat(leases.revoke(key("apple"))).isTrue();
        assertThat(lease.isRevoked()).isTrue();
      }
      assertThat(leases.revoke(key("apple"))).isFalse();
    }
  }

  @Test
  void password_ofTheUrl_letsIn() throws Exception {
    try (var redis = RedisProcess.started("requirepass \"p@ss:w/rd%+\"")) {
      assertKeepsAndFinds(url(redis, ":p%40ss%3Aw%2Frd%25+"));
    }
  }

  @Test
  void user_whoMayDoWhatIsDone_isEnough() throws Exception {
    try (var redis = RedisProcess.started("user us:er on >s3cret! " + RIGHTS)) {
      assertKeepsAndFinds(url(redis, "us%3Aer:s3cret!"));
    }
  }

  @Test
  void database_ofTheUrl_isUsed() throws Exception {
    try (var redis = RedisProcess.started();
        var third = RedisProcess.connect(redis.url() + "/3", PATIENCE);
        var first = RedisProcess.connect(redis.url(), PATIENCE)) {
      var store = new RedisCacheStore(third, EXPIRY);
      store.keep(key("apple"), hosted("apple", "1"));

      assertThat(store.find(key("apple"))).isPresent();
      assertThat(new RedisCacheStore(first, EXPIRY).find(key("apple"))).isEmpty();
    }
  }

  @Test
  void password_thatIsWrong_isToldWithoutIt(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started("requirepass right-password");
        var client = RedisProcess.connectAnyway(url(redis, ":wrong-password"), PATIENCE)) {
      assertThat(new RedisCacheStore(client, EXPIRY).status().available()).isFalse();
      await().untilAsserted(() -> assertThat(output).contains("WRONGPASS"));
      assertThat(output).doesNotContain("wrong-password");
    }
  }

  @Test
  void user_withoutAccessToOurKeys_isTold(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started("user other on >s3cret! ~other:* +@all");
        var client = RedisProcess.connectAnyway(url(redis, "other:s3cret!"), PATIENCE)) {
      assertThat(client.isAlive()).isFalse();
      await().untilAsserted(() -> assertThat(output).contains("NOPERM"));
      assertThat(output).doesNotContain("s3cret!");
    }
  }
}
