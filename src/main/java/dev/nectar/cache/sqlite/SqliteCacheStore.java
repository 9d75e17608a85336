package dev.nectar.cache.sqlite;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryListing;
import dev.nectar.cache.EntryPage;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.NoteCodec;
import dev.nectar.cache.WarningLimit;
import dev.nectar.settings.InvalidSettingsException;
import dev.nectar.settings.SettingFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Entries as rows of an SQLite file. It grows by one row an image for good: the row is all that
 * tells where the image is. Failures that have expired are cleared away by later writes.
 */
public final class SqliteCacheStore implements CacheStore, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SqliteCacheStore.class);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  /** All times are before this one. */
  private static final String END_OF_TIME = "9";

  private final SqliteFile file;
  private final Expiry expiry;
  private final NoteCodec codec;
  private final WarningLimit warnings;
  private final SqliteThread reader;
  private final SqliteThread writer;

  SqliteCacheStore(Path path, Expiry expiry) {
    this.file = new SqliteFile(path);
    this.expiry = expiry;
    this.codec = new NoteCodec(expiry);
    this.warnings = new WarningLimit(expiry.clock());
    this.reader = new SqliteThread(file, "sqlite-reader");
    this.writer = new SqliteThread(file, "sqlite-writer");
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
    writer.call(sqlite -> true);
  }

  @Override
  public Optional<CacheEntry> find(CacheKey key) {
    try {
      return reader
          .call(sqlite ->
              sqlite
                  .sql("SELECT entry FROM entries WHERE key = :key")
                  .param("key", key.toString())
                  .query(String.class)
                  .optional())
          .flatMap(text -> codec.decode(key, text));
    } catch (IOException e) {
      warn(e);
      return Optional.empty();
    }
  }

  @Override
  public void keep(CacheKey key, Note note) throws IOException {
    writer.call(sqlite -> {
      purge(sqlite);
      return insert(sqlite, key, note);
    });
  }

  /** A few at a time, so that no write has to wait long. */
  private void purge(JdbcClient sqlite) {
    sqlite
        .sql(
            """
            DELETE FROM entries WHERE key IN
              (SELECT key FROM entries WHERE expires_at <= :now ORDER BY expires_at LIMIT 100)
            """)
        .param("now", now())
        .update();
  }

  private int insert(JdbcClient sqlite, CacheKey key, Note note) {
    var story = note.provenance();
    var request = story.request();
    return sqlite
        .sql(
            """
            INSERT OR REPLACE INTO entries
              (key, kind, prompt, url, created_at, expires_at, entry)
              VALUES (:key, :kind, :prompt, :url, :createdAt, :expiresAt, :entry)
            """)
        .param("key", key.toString())
        .param("kind", kind(note))
        .param("prompt", request == null ? story.prompt() : request.prompt())
        .param("url", note instanceof Hosted hosted ? hosted.url().toString() : null)
        .param("createdAt", TIME.format(story.createdAt()))
        .param("expiresAt", expiry.end(note).map(TIME::format).orElse(null))
        .param("entry", codec.encode(note))
        .update();
  }

  private static String kind(Note note) {
    return switch (note) {
      case Hosted _ -> "hosted";
      case Blocked _ -> "blocked";
      case FallbackFailed _ -> "fallback_failed";
    };
  }

  private String now() {
    return TIME.format(expiry.clock().instant());
  }

  /** What has expired is as good as gone. */
  @Override
  public boolean delete(CacheKey key) throws IOException {
    return writer.call(sqlite ->
        sqlite
                .sql(
                    """
                    DELETE FROM entries
                      WHERE key = :key AND (expires_at IS NULL OR expires_at > :now)
                    """)
                .param("key", key.toString())
                .param("now", now())
                .update()
            > 0);
  }

  @Override
  public CacheStatus status() {
    try {
      var entries =
          reader.call(
              sqlite -> sqlite.sql("SELECT count(*) FROM entries").query(Long.class).single());
      return new CacheStatus("sqlite", entries, Files.size(file.path()), true);
    } catch (IOException e) {
      warn(e);
      return new CacheStatus("sqlite", null, null, false);
    }
  }

  @Override
  public EntryPage list(EntryQuery query) {
    var after = query.after();
    try {
      var rows =
          reader.call(sqlite ->
              sqlite
                  .sql(
                      """
                      SELECT key, entry FROM entries
                        WHERE kind = 'hosted' AND (created_at, key) < (:createdAt, :key)
                        ORDER BY created_at DESC, key DESC LIMIT :rows
                      """)
                  .param("createdAt", after == null ? END_OF_TIME : TIME.format(after.createdAt()))
                  .param("key", after == null ? "" : after.key().toString())
                  .param("rows", query.reach() + 1)
                  .query((row, _) -> codec.row(row.getString("key"), row.getString("entry")))
                  .list());
      return EntryListing.page(query, rows.stream().flatMap(Optional::stream).iterator());
    } catch (IOException e) {
      warn(e);
      return new EntryPage(List.of(), null);
    }
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
