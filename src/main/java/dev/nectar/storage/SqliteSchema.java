package dev.nectar.storage;

import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of a file and their version, which the file itself tells ({@code PRAGMA
 * user_version}).
 *
 * @param applicationId in the file's header: whose database this is
 * @param steps each leads from the version before, the first one from an empty file; none ever
 *     changes
 */
public record SqliteSchema(int applicationId, List<List<String>> steps) {

  /**
   * Brings the file up to date.
   *
   * @throws UnfitFileException if it is of something else or of a later version
   */
  void prepare(JdbcClient sqlite) throws IOException {
    var version = version(sqlite);
    if (version < steps.size()) {
      upgrade(sqlite);
    } else if (version > steps.size()) {
      throw new UnfitFileException(
          "Its schema is of version %d; this server knows none after %d."
              .formatted(version, steps.size()),
          "Start the newer server that wrote it, or set it to another file.");
    }
  }

  /** In one transaction, which another process that had the same idea waits for. */
  private void upgrade(JdbcClient sqlite) throws IOException {
    sqlite.sql("BEGIN IMMEDIATE").update();
    for (var step : steps.subList(version(sqlite), steps.size())) {
      step.forEach(statement -> sqlite.sql(statement).update());
    }
    sqlite.sql("PRAGMA application_id = " + applicationId).update();
    sqlite.sql("PRAGMA user_version = " + steps.size()).update();
    sqlite.sql("COMMIT").update();
  }

  /** All in one query: another process may be making the tables just now. */
  private int version(JdbcClient sqlite) throws IOException {
    var found =
        sqlite
            .sql(
                """
                SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) AS things
                  FROM pragma_application_id, pragma_user_version
                """)
            .query(Found.class)
            .single();
    if (found.applicationId != (found.isEmpty() ? 0 : applicationId)) {
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
