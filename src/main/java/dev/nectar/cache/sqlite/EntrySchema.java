package dev.nectar.cache.sqlite;

import dev.nectar.storage.SqliteFile;
import dev.nectar.storage.SqliteFile.Durability;
import dev.nectar.storage.SqliteFile.Loss;
import dev.nectar.storage.SqliteSchema;
import java.nio.file.Path;
import java.util.List;

/** The table of entries. Times are UTC with milliseconds, so that they sort as text. */
final class EntrySchema {

  /** "Nctr". */
  private static final int APPLICATION_ID = 0x4e637472;

  private static final SqliteSchema SCHEMA =
      new SqliteSchema(
          APPLICATION_ID,
          List.of(
              List.of(
                  """
                  CREATE TABLE entries (
                    key        TEXT PRIMARY KEY, -- SHA-256 of the request, in hex
                    kind       TEXT NOT NULL,    -- hosted, blocked or fallback_failed
                    prompt     TEXT,             -- as it was asked for
                    url        TEXT,             -- where a hosted image is
                    created_at TEXT NOT NULL,
                    expires_at TEXT,             -- when nothing is left of a failure
                    entry      TEXT NOT NULL     -- all there is to know, as JSON
                  )\
                  """,
                  "CREATE INDEX entries_newest ON entries (created_at, key)",
                  "CREATE INDEX entries_expiring ON entries (expires_at) WHERE expires_at IS NOT"
                      + " NULL")));

  private EntrySchema() {}

  /** Entries in a file; what was kept outlives a power cut. */
  static SqliteFile in(Path path) {
    return new SqliteFile(path, SCHEMA, Durability.POWER_CUT, Loss.REPLACED);
  }
}
