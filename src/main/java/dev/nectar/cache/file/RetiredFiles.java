package dev.nectar.cache.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unlinks images a little after nothing names them any more: whoever had just learned a name has
 * opened its file by then.
 */
final class RetiredFiles implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RetiredFiles.class);

  private final Duration delay;
  private final Set<Path> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("retired-images").factory());

  RetiredFiles(Duration delay) {
    this.delay = delay;
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  /** What can't be unlinked is found, and tried again, at the next start. */
  void add(Path file) {
    waiting.add(file);
    if (!later(() -> unlink(file))) {
      unlink(file);
    }
  }

  /**
   * Has this done after the same delay, unless this is closed meanwhile; false if it is already.
   */
  boolean later(Runnable work) {
    try {
      var _ = thread.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private void unlink(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("An image that is no longer used can't be removed: {}", e.toString());
    } finally {
      waiting.remove(file);
    }
  }

  /** Unlinks at once what still waits. */
  @Override
  public void close() {
    thread.shutdownNow();
    waiting.forEach(this::unlink);
  }
}
