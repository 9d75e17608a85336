package dev.nectar.cache.sqlite;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryListing;
import dev.nectar.cache.EntryPage;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.settings.InvalidSettingsException;
import dev.nectar.settings.SettingFault;
import dev.nectar.storage.SqliteFile;
import dev.nectar.storage.SqliteThread;
import dev.nectar.storage.UnfitFileException;
import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Entries as rows of an SQLite file. It grows by one row an image for good: the row is all that
 * tells where the image is. Failures that have expired are cleared away by later writes.
 */
public final class SqliteCacheStore implements CacheStore, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SqliteCacheStore.class);

  private final SqliteFile file;
  private final SqliteEntries rows;
  private final WarningLimit warnings;
  private final SqliteThread reader;
  private final SqliteThread writer;
  private volatile boolean readable = true;
  private volatile boolean writable = true;
  private volatile @Nullable Long entries;
  private volatile @Nullable Long bytes;

  /** The connection by which the entries were counted; of the writer's thread. */
  private @Nullable JdbcClient countedBy;

  SqliteCacheStore(Path path, Expiry expiry) {
    this.file = EntrySchema.in(path);
    this.rows = new SqliteEntries(expiry);
    this.warnings = new WarningLimit();
    this.reader = SqliteThread.reader(file, "sqlite-reader");
    this.writer = SqliteThread.writer(file, "sqlite-writer");
  }

  /**
   * A store in this file. A wrong one stops the start; a disk that is full or read-only may mend.
   *
   * @throws InvalidSettingsException if it will never do
   */
  public static SqliteCacheStore open(Path path, Expiry expiry) {
    var store = new SqliteCacheStore(path, expiry);
    try {
      store.open();
    } catch (UnfitFileException e) {
      store.close();
      throw new InvalidSettingsException(
          List.of(new SettingFault("KV_FILE", "'" + path + "': " + e.getMessage(), e.remedy())));
    } catch (IOException e) {
      log.warn(
          "KV_FILE {} can't be opened, so images are made anew until it can: {}",
          path,
          e.getMessage());
    }
    return store;
  }

  /**
   * Opens the file ahead of the first request.
   *
   * @throws UnfitFileException if it will never do
   * @throws IOException if it can't be opened now; later calls try again
   */
  void open() throws IOException {
    write(_ -> 0);
  }

  @Override
  public Optional<CacheEntry> find(CacheKey key) {
    try {
      return read(sqlite -> rows.find(sqlite, key))
          .flatMap(text -> rows.codec().decode(key, text, note -> redate(key, text, note)));
    } catch (IOException e) {
      warn(e);
      return Optional.empty();
    }
  }

  private void redate(CacheKey key, String text, Note note) {
    try {
      write(sqlite -> rows.redate(sqlite, key, text, note));
    } catch (IOException e) {
      warn(e);
    }
  }

  @Override
  public void keep(CacheKey key, Note note) throws IOException {
    write(sqlite -> rows.put(sqlite, key, rows.expiry().dated(note)));
  }

  @Override
  public boolean delete(CacheKey key) throws IOException {
    return write(sqlite -> -rows.delete(sqlite, key)) < 0;
  }

  @Override
  public EntryPage list(EntryQuery query) {
    try {
      return EntryListing.page(query, read(sqlite -> rows.list(sqlite, query)).iterator());
    } catch (IOException e) {
      warn(e);
      return new EntryPage(List.of(), null);
    }
  }

  /** From memory: a count would look at all rows. */
  @Override
  public CacheStatus status() {
    return readable && writable
        ? new CacheStatus("sqlite", entries, bytes, true, true)
        : new CacheStatus("sqlite", null, null, readable, writable);
  }

  @Override
  public void probe() {
    try {
      read(SqliteEntries::any);
    } catch (IOException e) {
      warn(e);
    }
  }

  private <T> T read(Function<JdbcClient, T> work) throws IOException {
    try {
      var result = reader.call(work);
      readable = true;
      return result;
    } catch (IOException e) {
      readable = false;
      throw e;
    }
  }

  /**
   * Does something that changes the number of rows.
   *
   * @param work returns by how many
   */
  private long write(ToLongFunction<JdbcClient> work) throws IOException {
    try {
      var change = writer.call(sqlite -> count(sqlite, work));
      writable = true;
      return change;
    } catch (IOException e) {
      writable = false;
      throw e;
    }
  }

  /** On the writer's thread. All rows are counted once a connection. */
  private long count(JdbcClient sqlite, ToLongFunction<JdbcClient> work) {
    var known = entries;
    var before = known != null && sqlite.equals(countedBy) ? known : SqliteEntries.count(sqlite);
    countedBy = sqlite;
    var change = work.applyAsLong(sqlite);
    entries = before + change;
    bytes = file.path().toFile().length();
    return change;
  }

  private void warn(IOException fault) {
    if (warnings.permits()) {
      log.warn("{} can't be read, so nothing is found there: {}", file.path(), fault.getMessage());
    }
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
