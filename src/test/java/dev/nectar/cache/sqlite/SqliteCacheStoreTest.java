package dev.nectar.cache.sqlite;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheStoreContract;
import dev.nectar.cache.EntryPage;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SqliteCacheStoreTest extends CacheStoreContract {

  @TempDir Path directory;

  @Override
  protected SqliteCacheStore open(Expiry expiry) {
    return new SqliteCacheStore(file(), expiry);
  }

  private Path file() {
    return directory.resolve("new/cache file.db");
  }

  @AfterEach
  void closeStore() {
    ((SqliteCacheStore) store()).close();
  }

  /** As another program sees it. */
  private List<String> rows(String query) {
    return new JdbcTemplate(new DriverManagerDataSource("jdbc:sqlite:" + file()))
        .queryForList(query).stream().map(row -> row.values().toString()).toList();
  }

  @Test
  void entry_ofAnotherRun_isFoundAsItWas() throws Exception {
    var note = hosted("apple", "1");
    store().keep(key("apple"), note);
    closeStore();

    try (var reopened = open(expiry)) {
      assertThat(reopened.find(key("apple"))).contains(note);
    }
  }

  @Test
  void rows_areReadableByAnyProgram() throws Exception {
    var now = clock.instant();
    store().keep(key("apple"), hosted("🍎", "1"));
    store().keep(key("pear"), new Blocked(provenance("pear", now)));
    store().keep(key("plum"), new FallbackFailed(Samples.bareProvenance(now), null));

    assertThat(
            rows(
                """
                SELECT key, kind, prompt, url, created_at, expires_at,
                       entry ->> '$.rewrittenPrompt' AS rewritten
                  FROM entries ORDER BY rowid\
                """))
        .containsExactly(
            "[%s, hosted, 🍎, https://images.example/1, 2026-05-01T12:00:00.123Z, null, a rewritten 🍎]"
                .formatted(key("apple")),
            "[%s, blocked, pear, null, 2026-05-01T12:00:00.123Z, 2026-05-02T12:00:00.123Z, a rewritten pear]"
                .formatted(key("pear")),
            "[%s, fallback_failed, null, null, 2026-05-01T12:00:00.123Z, 2026-05-01T12:01:00.123Z, null]"
                .formatted(key("plum")));
  }

  @Test
  void failures_expired_areClearedAwayByLaterWrites() throws Exception {
    var now = clock.instant();
    store().keep(key("hosted"), hosted("hosted", "1"));
    store().keep(key("blocked"), new Blocked(provenance("blocked", now)));
    store().keep(key("failed"), new FallbackFailed(provenance("failed", now), null));
    store().keep(key("both"), new FallbackFailed(provenance("both", now), now));

    clock.advance(FALLBACK_FAILED_TTL);
    store().keep(key("new"), hosted("new", "2"));
    assertThat(store().status().entries()).as("all but failed").isEqualTo(4);

    clock.advance(BLOCKED_TTL);
    store().keep(key("newer"), hosted("newer", "3"));
    assertThat(store().status().entries()).as("all that is hosted").isEqualTo(3);
  }

  @Test
  void failure_fromTheFuture_isClearedAwayWhenItsTimeIsOver() throws Exception {
    clock.step(Duration.ofDays(365));
    store().keep(key("blocked"), new Blocked(provenance("blocked", clock.instant())));
    clock.step(Duration.ofDays(-365));

    store().find(key("blocked"));

    assertThat(rows("SELECT created_at, expires_at FROM entries"))
        .containsExactly("[2026-05-01T12:00:00.123Z, 2026-05-02T12:00:00.123Z]");
    clock.advance(BLOCKED_TTL);
    store().keep(key("new"), hosted("new", "1"));
    assertThat(store().status().entries()).isEqualTo(1);
  }

  @Test
  void list_ofImagesFromTheFuture_goesOnFromThem() throws Exception {
    clock.step(Duration.ofDays(365));
    keepImages(List.of("a", "b", "c"));
    clock.step(Duration.ofDays(-365));

    var first = store().list(new EntryQuery(null, "", 2));
    var second = store().list(new EntryQuery(first.next(), "", 2));

    assertThat(first.entries()).hasSize(2);
    assertThat(second.entries()).extracting(EntryPage.Listed::key).containsExactly(key("a"));
    assertThat(second.entries().getFirst().entry().provenance().createdAt())
        .isEqualTo(clock.instant());
  }

  @Test
  void stores_onOneFile_seeEachOthersEntries() throws Exception {
    try (var other = open(expiry)) {
      store().keep(key("apple"), hosted("apple", "1"));
      assertThat(other.find(key("apple"))).contains(hosted("apple", "1"));

      other.keep(key("apple"), hosted("apple", "2"));
      assertThat(store().find(key("apple"))).contains(hosted("apple", "2"));

      assertThat(store().delete(key("apple"))).isTrue();
      assertThat(other.find(key("apple"))).isEmpty();
    }
  }

  @Test
  void commit_isSynchronizedBeforeItIsReported() throws Exception {
    try (var open = EntrySchema.in(file()).open()) {
      assertThat(open.client().sql("PRAGMA synchronous").query(Integer.class).single())
          .as("FULL")
          .isEqualTo(2);
    }
  }

  @Test
  void queries_ofEveryRequest_useAnIndex() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));

    assertThat(rows("EXPLAIN QUERY PLAN SELECT entry FROM entries WHERE key = 'x'"))
        .singleElement()
        .asString()
        .contains("SEARCH entries USING INDEX");
    assertThat(
            rows(
                """
                EXPLAIN QUERY PLAN SELECT key FROM entries
                  WHERE expires_at <= 'x' ORDER BY expires_at LIMIT 100\
                """))
        .singleElement()
        .asString()
        .contains("SEARCH entries USING INDEX entries_expiring");
  }

  @Test
  void status_countsEntriesAndTheBytesOfTheFile() throws Exception {
    store().keep(key("apple"), hosted("apple", "1"));
    store().keep(key("pear"), hosted("pear", "2"));

    assertThat(store().status().entries()).isEqualTo(2);
    assertThat(store().status().bytes()).isPositive();
    assertThat(store().status().available()).isTrue();
  }
}
