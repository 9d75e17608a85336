package dev.nectar.storage;

import dev.nectar.image.staging.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A database file. Write-ahead logging lets others read while one writes. */
public final class SqliteFile {

  /** What a commit that was reported outlives. */
  public enum Durability {
    /** The loss of power. */
    POWER_CUT(SynchronousMode.FULL),
    /** The end of the process, however sudden; it does not wait for the disk. */
    KILL(SynchronousMode.NORMAL);

    private final SynchronousMode mode;

    Durability(SynchronousMode mode) {
      this.mode = mode;
    }
  }

  /** What becomes of a file that vanishes while it is in use. */
  public enum Loss {
    /** It is made anew, empty. */
    REPLACED,
    /** Nothing is read or written until it is back. */
    WAITED_OUT
  }

  /** How long another process may hold the file's lock. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

  /** Turning on write-ahead logging fails at once if another is just opening the same new file. */
  private static final RetryTemplate CONNECTING =
      new RetryTemplate(
          RetryPolicy.builder()
              .predicate(SqliteFile::isBusy)
              .delay(Duration.ofMillis(10))
              .maxRetries(Long.MAX_VALUE)
              .timeout(LOCK_PATIENCE)
              .build());

  private static final Set<SQLiteErrorCode> UNWRITABLE =
      Set.of(SQLiteErrorCode.SQLITE_CANTOPEN, SQLiteErrorCode.SQLITE_READONLY);

  private final Path path;
  private final SqliteSchema schema;
  private final Durability durability;
  private final Loss loss;
  private volatile boolean seen;

  public SqliteFile(Path path, SqliteSchema schema, Durability durability, Loss loss) {
    this.path = path;
    this.schema = schema;
    this.durability = durability;
    this.loss = loss;
  }

  public Path path() {
    return path;
  }

  /**
   * A connection, for one thread.
   *
   * @param identity tells the file from a later one of the same name
   * @param frozen whether it shows the file as it was when it was opened
   */
  public record Open(
      Connection connection, JdbcClient client, @Nullable Object identity, boolean frozen)
      implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /**
   * Opens the file, makes it if there is none, and brings its schema up to date.
   *
   * @throws UnfitFileException if there is something else
   */
  public synchronized Open open() throws IOException, SQLException, RetryException {
    if (Files.isDirectory(path)) {
      throw new UnfitFileException("It is a directory.", "Set it to a file.");
    }
    if (seen && loss == Loss.WAITED_OUT && Files.notExists(path)) {
      throw new NoSuchFileException(path.toString(), null, "it has vanished");
    }
    if (!seen && loss == Loss.WAITED_OUT && hasLog()) {
      SqliteCheck.check(path, log());
    }
    // SQLite would let others read it. Its side files get the permissions of this one.
    PrivateFiles.createIfMissing(path);
    var source = new SQLiteDataSource(config());
    source.setUrl("jdbc:sqlite:" + path.toAbsolutePath());
    var connection = CONNECTING.execute(source::getConnection);
    try {
      var client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      schema.prepare(client);
      seen = true;
      return new Open(connection, client, identity(), false);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens the file to read it. On a disk that is read-only there is no room for what readers agree
   * by; but then nobody writes either.
   */
  Open openToRead() throws IOException, SQLException, RetryException {
    try {
      return open();
    } catch (IOException | SQLException | RetryException e) {
      if (!isUnwritable(e) || hasLog()) {
        throw e;
      }
      return openFrozen();
    }
  }

  private static boolean isUnwritable(Exception fault) {
    return NestedExceptionUtils.getMostSpecificCause(fault) instanceof SQLiteException refused
        && UNWRITABLE.contains(code(refused));
  }

  /** Whether there is something that only a reader who may write sees. */
  private boolean hasLog() throws IOException {
    return Files.exists(log()) && Files.size(log()) > 0;
  }

  private Path log() {
    return path.resolveSibling(path.getFileName() + "-wal");
  }

  private Open openFrozen() throws IOException, SQLException {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + path.toUri() + "?immutable=1");
    var connection = source.getConnection();
    try {
      var client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      schema.prepare(client);
      return new Open(connection, client, identity(), true);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean isBusy(Throwable fault) {
    return fault instanceof SQLiteException busy && code(busy) == SQLiteErrorCode.SQLITE_BUSY;
  }

  /** The kind of fault, whatever its finer distinction. */
  static SQLiteErrorCode code(SQLiteException fault) {
    return SQLiteErrorCode.getErrorCode(fault.getErrorCode() & 0xff);
  }

  private SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(durability.mode);
    config.setBusyTimeout((int) LOCK_PATIENCE.toMillis());
    return config;
  }

  /** Whether the file is still there; SQLite itself would go on with one that was deleted. */
  boolean isStill(Open open) {
    return Objects.equals(open.identity, identity());
  }

  private @Nullable Object identity() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** What SQLite found wrong, as what it means for the file. */
  static IOException fault(SQLiteException fault) {
    return switch (code(fault)) {
      case SQLITE_NOTADB ->
          new UnfitFileException(
              "It is no SQLite database.", "Set it to a file that is not there yet.");
      case SQLITE_CORRUPT -> damaged();
      default -> new IOException(fault.getMessage(), fault);
    };
  }

  static UnfitFileException damaged() {
    return new UnfitFileException(
        "It is damaged.",
        "Repair it (sqlite3 FILE .recover), or move it away and start without it.");
  }
}
