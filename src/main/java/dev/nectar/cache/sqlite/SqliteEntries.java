package dev.nectar.cache.sqlite;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.EntryListing;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.NoteCodec;
import dev.nectar.cache.Position;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of entries: what is asked of them, in SQL. */
record SqliteEntries(Expiry expiry, NoteCodec codec) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  /** All times are before this one. */
  private static final String END_OF_TIME = "9";

  SqliteEntries(Expiry expiry) {
    this(expiry, new NoteCodec(expiry));
  }

  /** As it was written. */
  Optional<String> find(JdbcClient sqlite, CacheKey key) {
    return sqlite
        .sql("SELECT entry FROM entries WHERE key = :key")
        .param("key", key.toString())
        .query(String.class)
        .optional();
  }

  /** Looks at one row at most. */
  static boolean any(JdbcClient sqlite) {
    return sqlite.sql("SELECT 1 FROM entries LIMIT 1").query(Long.class).optional().isPresent();
  }

  /** Looks at all rows. */
  static long count(JdbcClient sqlite) {
    return sqlite.sql("SELECT count(*) FROM entries").query(Long.class).single();
  }

  /** By how many rows there are more now. */
  long put(JdbcClient sqlite, CacheKey key, Note note) {
    var purged = purge(sqlite);
    var replaced =
        sqlite
            .sql("SELECT count(*) FROM entries WHERE key = :key")
            .param("key", key.toString())
            .query(Long.class)
            .single();
    insert(sqlite, key, note);
    return 1 - replaced - purged;
  }

  /** What has expired, a few at a time, so that no write has to wait long. */
  private int purge(JdbcClient sqlite) {
    return sqlite
        .sql(
            """
            DELETE FROM entries WHERE key IN
              (SELECT key FROM entries WHERE expires_at <= :now ORDER BY expires_at LIMIT 100)
            """)
        .param("now", now())
        .update();
  }

  private void insert(JdbcClient sqlite, CacheKey key, Note note) {
    var story = note.provenance();
    var request = story.request();
    sqlite
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

  /** Unless it has changed meanwhile; the number of rows stays. */
  long redate(JdbcClient sqlite, CacheKey key, String before, Note note) {
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
        .param("before", before)
        .update();
    return 0;
  }

  private @Nullable String expiresAt(Note note) {
    return expiry.end(note).map(TIME::format).orElse(null);
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

  /** How many rows that is; what has expired is as good as gone. */
  int delete(JdbcClient sqlite, CacheKey key) {
    return sqlite
        .sql(
            """
            DELETE FROM entries
              WHERE key = :key AND (expires_at IS NULL OR expires_at > :now)
            """)
        .param("key", key.toString())
        .param("now", now())
        .update();
  }

  /** One more than the query reaches, newest first. */
  List<Row> list(JdbcClient sqlite, EntryQuery query) {
    var after = query.after();
    return sqlite
        .sql(
            """
            SELECT key, created_at, entry FROM entries
              WHERE kind = 'hosted' AND (created_at, key) < (:createdAt, :key)
                AND created_at GLOB '[0-9][0-9][0-9][0-9]-*Z'
              ORDER BY created_at DESC, key DESC LIMIT :rows
            """)
        .param("createdAt", after == null ? END_OF_TIME : TIME.format(after.createdAt()))
        .param("key", after == null ? "" : after.key().toString())
        .param("rows", query.reach() + 1)
        .query((row, _) ->
            row(row.getString("key"), row.getString("created_at"), row.getString("entry")))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Row> row(String key, String createdAt, String text) {
    return CacheKey.parse(key)
        .map(parsed ->
            new Row(codec, new Position(TIME.parse(createdAt, Instant::from), parsed), text));
  }

  /** One that can't be understood is passed over, and ends no listing. */
  record Row(NoteCodec codec, Position position, String text) implements EntryListing.Row {
    @Override
    public Optional<CacheEntry> load() {
      return codec.decode(position.key(), text, _ -> {}).filter(Hosted.class::isInstance);
    }
  }
}
