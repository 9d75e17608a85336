package dev.nectar.storage;

import dev.nectar.observe.Waiting;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.retry.RetryException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteException;

/**
 * A platform thread with a connection of its own: in SQLite's native calls a virtual thread would
 * hold up its carrier. A connection that failed, or whose file is gone, is opened anew.
 */
public final class SqliteThread implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SqliteThread.class);

  /** How long a call may take, on a disk that hardly answers. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private interface Opening {
    SqliteFile.Open open() throws IOException, SQLException, RetryException;
  }

  private final SqliteFile file;
  private final Opening opening;
  private final ExecutorService thread;
  private SqliteFile.@Nullable Open open;

  private SqliteThread(SqliteFile file, Opening opening, String name) {
    this.file = file;
    this.opening = opening;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** One that only reads, and can do so where nobody can write. */
  public static SqliteThread reader(SqliteFile file, String name) {
    return new SqliteThread(file, file::openToRead, name);
  }

  public static SqliteThread writer(SqliteFile file, String name) {
    return new SqliteThread(file, file::open, name);
  }

  /**
   * Does something with the file; one thing at a time.
   *
   * @throws UnfitFileException if the file is no database of ours, or damaged
   * @throws IOException if it can't be opened, read or written in time
   */
  public <T> T call(Function<JdbcClient, T> work) throws IOException {
    Waiting.begin();
    try {
      var done = thread.submit(() -> work(work));
      try {
        return done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        done.cancel(false);
      }
    } catch (ExecutionException e) {
      throw fault(e);
    } catch (TimeoutException e) {
      throw new IOException("no answer in %d s".formatted(PATIENCE.toSeconds()), e);
    } catch (RejectedExecutionException e) {
      throw new IOException("closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private <T> T work(Function<JdbcClient, T> work)
      throws IOException, SQLException, RetryException {
    try {
      var result = work.apply(client());
      if (open != null && open.frozen()) {
        disconnect();
      }
      return result;
    } catch (Exception e) {
      disconnect();
      throw e;
    }
  }

  private JdbcClient client() throws IOException, SQLException, RetryException {
    if (open != null && !file.isStill(open)) {
      disconnect();
    }
    if (open == null) {
      open = opening.open();
    }
    return open.client();
  }

  private void disconnect() {
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        log.debug("A connection to {} was not closed well: {}", file.path(), e.getMessage());
      }
      open = null;
    }
  }

  private static IOException fault(ExecutionException failure) {
    return switch (NestedExceptionUtils.getMostSpecificCause(failure)) {
      case SQLiteException e -> SqliteFile.fault(e);
      case IOException e -> e;
      case Throwable e -> new IOException(e.toString(), e);
    };
  }

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(this::disconnect);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} could not be closed in {} s", file.path(), PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
