package dev.nectar.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Finds out whether a file whose last user was killed is damaged: whoever opens such a file to
 * write makes an end of its log, which may be all that is left of it.
 */
final class SqliteCheck {

  private static final Logger log = LoggerFactory.getLogger(SqliteCheck.class);

  /** How a log begins (the format's description, 4.1), but for its last bit. */
  private static final int LOG_MAGIC = 0x377f0682;

  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private SqliteCheck() {}

  /**
   * Changes neither the file nor its log.
   *
   * @throws UnfitFileException if there is anything wrong with it
   */
  static void check(Path file, Path writeAheadLog) throws IOException {
    if (!hasHeader(file) || !isLog(writeAheadLog) || !isWhole(file)) {
      throw SqliteFile.damaged();
    }
  }

  /** The log may have it once more, and yet this is not the file that the log is of. */
  private static boolean hasHeader(Path file) throws IOException {
    try (var bytes = Files.newInputStream(file)) {
      var start = bytes.readNBytes(HEADER.length);
      return start.length == 0 || Arrays.equals(start, HEADER);
    }
  }

  /** One that power did not last for is empty, or all zeros. */
  private static boolean isLog(Path file) throws IOException {
    try (var bytes = Files.newInputStream(file)) {
      var start = bytes.readNBytes(Integer.BYTES);
      var magic = start.length < Integer.BYTES ? 0 : ByteBuffer.wrap(start).getInt();
      return magic == 0 || (magic & ~1) == LOG_MAGIC;
    }
  }

  private static boolean isWhole(Path file) throws IOException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var found = statement.executeQuery("PRAGMA quick_check(1)")) {
      return found.next() && found.getString(1).equals("ok");
    } catch (SQLiteException e) {
      var code = SqliteFile.code(e);
      if (code == SQLiteErrorCode.SQLITE_NOTADB || code == SQLiteErrorCode.SQLITE_CORRUPT) {
        throw SqliteFile.fault(e);
      }
      log.debug("{} can't be checked: {}", file, e.getMessage());
      return true;
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
