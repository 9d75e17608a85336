package dev.nectar.cache;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Entries as rows of an SQLite file. It grows by one row an image for good: the row is all that
 * tells where the image is. Failures that have expired are cleared away by later writes.
 */
final class SqliteCacheStore implements CacheStore, AutoCloseable {

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
    this.warnings = new WarningLimit();
    this.reader = new SqliteThread(file, "sqlite-reader");
    this.writer = new SqliteThread(file, "sqlite-writer");
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
          .flatMap(text -> codec.decode(key, text, note -> redate(key, text, note)));
    } catch (IOException e) {
      warn(e);
      return Optional.empty();
    }
  }

  /** Unless it has changed meanwhile. */
  private void redate(CacheKey key, String text, Note note) {
    try {
      writer.call(sqlite ->
          sqlite
              .sql(
                  """
                  UPDATE entries
                    SET created_at = :createdAt, expires_at = :expiresAt, entry = :entry
                    WHERE key = :key AND entry = :before
                  """)
              .param("createdAt", TIME.format(note.provenance().createdAt()))
              .param("expiresAt", expiresAt(note))
              .param("entry", codec.encode(note))
              .param("key", key.toString())
              .param("before", text)
              .update());
    } catch (IOException e) {
      warn(e);
    }
  }

  private @Nullable String expiresAt(Note note) {
    return expiry.end(note).map(TIME::format).orElse(null);
  }

  @Override
  public void keep(CacheKey key, Note note) throws IOException {
    writer.call(sqlite -> {
      purge(sqlite);
      return insert(sqlite, key, expiry.dated(note));
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
        .param("expiresAt", expiresAt(note))
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
  public boolean delete(CacheKey key) {
    try {
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
    } catch (IOException e) {
      log.warn("The cache entry {} can't be deleted: {}", key, e.getMessage());
      return false;
    }
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
