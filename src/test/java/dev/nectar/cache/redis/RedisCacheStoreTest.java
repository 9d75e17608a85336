package dev.nectar.cache.redis;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheStoreContract;
import dev.nectar.cache.EntryJson;
import dev.nectar.cache.Expiry;
import dev.nectar.storage.Redis;
import dev.nectar.storage.RedisProcess;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RedisCacheStoreTest extends CacheStoreContract {

  private static final RedisProcess REDIS = RedisProcess.started();

  private final RedisCommands<String, String> commands = REDIS.commands();
  private @Nullable Redis opened;

  @Override
  protected RedisCacheStore open(Expiry expiry) {
    opened = connect();
    commands.flushall();
    return new RedisCacheStore(opened, expiry);
  }

  private static Redis connect() {
    return RedisProcess.connect(REDIS.url(), Duration.ofSeconds(30));
  }

  private static String name(String prompt) {
    return "nectar:entry:" + key(prompt);
  }

  @AfterEach
  void disconnect() {
    Objects.requireNonNull(opened).close();
  }

  @AfterAll
  static void stopRedis() throws IOException {
    REDIS.close();
  }

  @Test
  void stores_onOneRedis_seeEachOthersEntries() throws Exception {
    try (var others = connect()) {
      var other = new RedisCacheStore(others, expiry);
      store().keep(key("apple"), hosted("apple", "1"));
      assertThat(other.find(key("apple"))).contains(hosted("apple", "1"));

      other.keep(key("apple"), hosted("apple", "2"));
      assertThat(store().find(key("apple"))).contains(hosted("apple", "2"));

      assertThat(store().delete(key("apple"))).isTrue();
      assertThat(other.find(key("apple"))).isEmpty();
    }
  }

  @Test
  void entry_isTheJsonThatStandsBesideImages() throws Exception {
    var note = hosted("🍎", "1");
    store().keep(key("apple"), note);

    assertThat(commands.get(name("apple"))).isEqualTo(new String(EntryJson.write(note), UTF_8));
    assertThat(commands.ttl(name("apple"))).as("never").isEqualTo(-1);
  }

  @Test
  void failures_expireInRedisToo() throws Exception {
    var now = clock.instant();

    assertExpiresIn(BLOCKED_TTL, new Blocked(provenance("apple", now)));
    assertExpiresIn(
        Duration.ofHours(4), new Blocked(provenance("apple", now.minus(Duration.ofHours(20)))));
    assertExpiresIn(FALLBACK_FAILED_TTL, new FallbackFailed(provenance("apple", now), null));
    assertExpiresIn(
        Duration.ofHours(23),
        new FallbackFailed(provenance("apple", now), now.minus(Duration.ofHours(1))));
  }

  /** Somebody else's has no time to live. */
  @Test
  void failure_fromTheFuture_expiresInRedisFromWhenItIsSeen() {
    var future = clock.instant().plus(Duration.ofDays(365));
    var note = new FallbackFailed(provenance("apple", future), null);
    commands.set(name("apple"), new String(EntryJson.write(note), UTF_8));

    assertThat(store().find(key("apple")))
        .contains(new FallbackFailed(provenance("apple", clock.instant()), null));

    assertIsLeft(FALLBACK_FAILED_TTL);
  }

  private void assertExpiresIn(Duration ttl, Note note) throws IOException {
    store().keep(key("apple"), note);
    assertIsLeft(ttl);
  }

  private void assertIsLeft(Duration ttl) {
    assertThat(Duration.ofMillis(commands.pttl(name("apple"))))
        .isBetween(ttl.minusSeconds(30), ttl);
  }

  @Test
  void value_thatIsNoEntry_misses() throws Exception {
    commands.set(name("apple"), "{");
    assertThat(store().find(key("apple"))).isEmpty();

    commands.del(name("apple"));
    commands.lpush(name("apple"), "a list");
    assertThat(store().find(key("apple"))).isEmpty();
    assertThat(store().delete(key("apple"))).isFalse();

    store().keep(key("apple"), hosted("apple", "1"));
    assertThat(store().find(key("apple"))).contains(hosted("apple", "1"));
  }

  @Test
  void redis_withoutRoom_findsAndRefusesToKeep() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));
    commands.configSet("maxmemory", "1");
    try {
      assertThatThrownBy(() -> store().keep(key("pear"), hosted("pear", "2")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("OOM");
      assertThat(store().find(key("apple"))).isPresent();
      assertThat(store().status().available()).isTrue();
    } finally {
      commands.configSet("maxmemory", "0");
    }
  }
}
