package dev.nectar.cache.sqlite;

import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of the file and their version, which the file itself tells ({@code PRAGMA
 * user_version}). Times are UTC with milliseconds, so that they sort as text.
 */
final class SqliteSchema {

  /** "Nctr", in the file's header: this is a database of ours. */
  private static final int APPLICATION_ID = 0x4e637472;

  /** Each leads from the version before, the first one from an empty file; none ever changes. */
  private static final List<List<String>> STEPS =
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
              "CREATE INDEX entries_expiring ON entries (expires_at) WHERE expires_at IS NOT NULL",
              "PRAGMA application_id = " + APPLICATION_ID));

  private SqliteSchema() {}

  /**
   * Brings the file up to date.
   *
   * @throws UnfitFileException if it is of something else or of a later version
   */
  static void prepare(JdbcClient sqlite) throws IOException {
    var version = version(sqlite);
    if (version < STEPS.size()) {
      upgrade(sqlite);
    } else if (version > STEPS.size()) {
      throw new UnfitFileException(
          "Its schema is of version %d; this server knows none after %d."
              .formatted(version, STEPS.size()),
          "Start the newer server that wrote it, or set it to another file.");
    }
  }

  /** In one transaction, which another process that had the same idea waits for. */
  private static void upgrade(JdbcClient sqlite) throws IOException {
    sqlite.sql("BEGIN IMMEDIATE").update();
    for (var step : STEPS.subList(version(sqlite), STEPS.size())) {
      step.forEach(statement -> sqlite.sql(statement).update());
    }
    sqlite.sql("PRAGMA user_version = " + STEPS.size()).update();
    sqlite.sql("COMMIT").update();
  }

  /** All in one query: another process may be making the tables just now. */
  private static int version(JdbcClient sqlite) throws IOException {
    var found =
        sqlite
            .sql(
                """
                SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) AS things
                  FROM pragma_application_id, pragma_user_version
                """)
            .query(Found.class)
            .single();
    if (found.applicationId != (found.isEmpty() ? 0 : APPLICATION_ID)) {
      throw new UnfitFileException(
          "It is a database of something else.", "Set it to a file that is not there yet.");
    }
    return found.userVersion;
  }

  record Found(int applicationId, int userVersion, int things) {

    boolean isEmpty() {
      return userVersion == 0 && things == 0;
    }
  }
}
