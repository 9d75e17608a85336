package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Who is about to open an entry's file by its name, and who changes what that name stands for: one
 * waits for the other.
 */
final class Openings {

  /** Opening takes microseconds, unless a client does not read what comes before the file. */
  static final Duration PATIENCE = Duration.ofMillis(100);

  private static final int STRIPES = 256;
  private static final int ALL = Integer.MAX_VALUE;

  private final Duration patience;
  private final Semaphore[] stripes =
      Stream.generate(() -> new Semaphore(ALL, true)).limit(STRIPES).toArray(Semaphore[]::new);

  /** A change of files. */
  interface Change {
    void make() throws IOException;
  }

  /**
   * @param patience of those who change files
   */
  Openings(Duration patience) {
    this.patience = patience;
  }

  private Semaphore of(CacheKey key) {
    return stripes[(int) (key.first() & (STRIPES - 1))];
  }

  /** From now on the name stands for the same file, until the result is run; again does no harm. */
  Runnable begin(CacheKey key) {
    var stripe = of(key);
    stripe.acquireUninterruptibly();
    var ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        stripe.release();
      }
    };
  }

  /** Makes a change when nobody is about to open the file, or does so for too long. */
  void change(CacheKey key, Change change) throws IOException {
    var stripe = of(key);
    var alone = isAlone(stripe);
    try {
      change.make();
    } finally {
      if (alone) {
        stripe.release(ALL);
      }
    }
  }

  private boolean isAlone(Semaphore stripe) {
    try {
      return stripe.tryAcquire(ALL, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
