package dev.nectar.cache.sqlite;

import static dev.nectar.cache.Samples.hosted;
import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.Expiry;
import dev.nectar.storage.Tmpfs;
import dev.nectar.storage.UnfitFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and disks that do not do. */
@Tag("slow")
class SqliteFaultTest {

  private static final Expiry EXPIRY =
      new Expiry(Duration.ofHours(24), Duration.ofMinutes(1), InstantSource.system());

  @TempDir Path directory;
  private Path file = Path.of("");
  private SqliteCacheStore store = new SqliteCacheStore(file, EXPIRY);

  @BeforeEach
  void placeFile() {
    file = directory.resolve("cache.db");
    store = new SqliteCacheStore(file, EXPIRY);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = new SqliteCacheStore(file, EXPIRY);
  }

  private void keep(String prompt) throws IOException {
    store.keep(key(prompt), hosted(prompt, "1"));
  }

  private void assertOutOfReach() {
    assertThat(store.find(key("apple"))).isEmpty();
    assertThatThrownBy(() -> keep("apple")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store.delete(key("apple"))).isInstanceOf(IOException.class);
    assertThat(store.status().available()).isFalse();
    assertThat(store.status().entries()).isNull();
  }

  private void assertUnfit(String fault) {
    assertThatThrownBy(() -> store.open())
        .isInstanceOf(UnfitFileException.class)
        .hasMessageContaining(fault);
    assertOutOfReach();
  }

  private void deleteAll() throws IOException {
    try (var files = Files.list(directory)) {
      for (var gone : files.toList()) {
        Files.delete(gone);
      }
    }
  }

  private void execute(String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void directoryInItsPlace_isUnfit() throws Exception {
    Files.createDirectory(file);

    assertUnfit("It is a directory.");
  }

  @Test
  void fileOfAnotherKind_isUnfitAndLeftAsItIs() throws Exception {
    var text = "By no means a database, but the only copy of a novel. ".repeat(100);
    Files.writeString(file, text);

    assertUnfit("It is no SQLite database.");
    assertThat(file).hasContent(text);
  }

  @Test
  void databaseOfSomethingElse_isUnfitAndLeftAsItIs() throws Exception {
    execute("CREATE TABLE entries (key TEXT, entry TEXT)", "PRAGMA user_version = 1");

    assertUnfit("It is a database of something else.");
    execute("INSERT INTO entries VALUES ('mine', 'still')");
  }

  @Test
  void database_ofALaterVersion_isUnfitAndLeftAsItIs() throws Exception {
    store.open();
    store.close();
    execute("PRAGMA user_version = 7");
    reopen();

    assertUnfit("Its schema is of version 7; this server knows none after 1.");
    execute("INSERT INTO entries (key, kind, created_at, entry) VALUES ('a', 'b', 'c', 'd')");
  }

  @Test
  void database_cutInHalf_isUnfit() throws Exception {
    store.open();
    store.close();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
    reopen();

    assertUnfit("It is damaged.");
  }

  @Test
  void database_replacedBySomethingElseWhileRunning_missesUntilThatIsGone() throws Exception {
    keep("apple");
    assertThat(store.find(key("apple"))).isPresent();
    deleteAll();
    Files.writeString(file, "no database");

    assertOutOfReach();

    Files.delete(file);
    keep("pear");
    assertThat(store.find(key("pear"))).isPresent();
    assertThat(store.find(key("apple"))).isEmpty();
  }

  @Test
  void directory_deletedWhileRunning_missesAndComesBack() throws Exception {
    keep("apple");
    assertThat(store.find(key("apple"))).isPresent();
    deleteAll();
    Files.delete(directory);

    assertThat(store.find(key("apple"))).isEmpty();
    keep("pear");
    reopen();
    assertThat(store.find(key("pear"))).isPresent();
  }

  @Test
  void entry_thatIsNoJson_misses() throws Exception {
    keep("apple");
    execute("UPDATE entries SET entry = '{'");
    assertThat(store.find(key("apple"))).isEmpty();

    keep("apple");
    assertThat(store.find(key("apple"))).isPresent();
  }

  @Test
  void fileLockedByAnotherProgram_isReadAllTheSame() throws Exception {
    keep("apple");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThat(store.find(key("apple"))).isPresent();
      assertThatThrownBy(() -> keep("pear"))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("(?s).*BUSY.*|no answer in 5 s");
      assertThatThrownBy(() -> store.delete(key("apple"))).isInstanceOf(IOException.class);
      assertThat(store.find(key("apple"))).as("not deleted").isPresent();
    }
    assertThat(store.delete(key("apple"))).isTrue();
    keep("pear");
    assertThat(store.find(key("pear"))).isPresent();
  }

  /** Again and again: what can go wrong lasts for less than a millisecond. */
  @Test
  void newFile_openedByManyAtOnce_isMadeOnce() throws Exception {
    try (var threads = Executors.newCachedThreadPool()) {
      for (var round = 0; round < 50; round++) {
        var newFile = EntrySchema.in(file.resolveSibling("new" + round + ".db"));
        Callable<Boolean> open =
            () -> {
              try (var opened = newFile.open()) {
                return opened
                    .client()
                    .sql("SELECT key FROM entries")
                    .query()
                    .listOfRows()
                    .isEmpty();
              }
            };
        for (var done : threads.invokeAll(Collections.nCopies(4, open))) {
          assertThat(done.get()).isTrue();
        }
      }
    }
  }

  @Test
  void diskThatIsFull_findsAndKeepsAgainOnceThereIsRoom() throws Exception {
    try (var _ = Tmpfs.mount(directory)) {
      keep("apple");
      var filler = fill();

      assertThatThrownBy(() -> keepMany()).isInstanceOf(IOException.class);
      assertThat(store.find(key("apple"))).isPresent();
      assertThat(store.status().available()).isFalse();

      Files.delete(filler);
      keep("pear");
      assertThat(store.find(key("pear"))).isPresent();
      assertThat(store.status().available()).isTrue();
      store.close();
    }
  }

  @Test
  void fileThatCameBack_isReadableOnceItIsLookedAt() throws Exception {
    keep("apple");
    store.close();
    var away = Files.move(file, file.resolveSibling("away"));
    Files.createDirectory(file);
    store = new SqliteCacheStore(file, EXPIRY);
    assertOutOfReach();
    assertThat(store.status().readable()).isFalse();
    Files.delete(file);
    Files.move(away, file);

    store.probe();

    assertThat(store.status()).isEqualTo(new CacheStatus("sqlite", null, null, true, false));
  }

  private void keepMany() throws IOException {
    for (var number = 0; number < 1_000; number++) {
      keep("number " + number);
    }
  }

  private Path fill() throws IOException {
    var filler = directory.resolve("filler");
    try (var rest = Files.newOutputStream(filler)) {
      for (var pages = 0; pages < 1_000; pages++) {
        rest.write(new byte[4_096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
    return filler;
  }

  @Test
  void diskThatIsReadOnly_isOutOfReachAndNotUnfit() throws Exception {
    try (var disk = Tmpfs.mount(directory)) {
      store.open();
      store.close();
      disk.makeReadOnly();
      reopen();

      assertThatThrownBy(() -> store.open())
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(UnfitFileException.class);
      assertOutOfReach();
    }
  }
}
