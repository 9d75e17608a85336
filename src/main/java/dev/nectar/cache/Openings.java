package dev.nectar.cache;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who is about to open an entry's file by its name, and who changes what that name stands for: one
 * waits for the other.
 */
final class Openings {

  /** Opening takes microseconds; who needs longer has lost its client. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int STRIPES = 256;
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore[] stripes =
      Stream.generate(() -> new Semaphore(ALL, true)).limit(STRIPES).toArray(Semaphore[]::new);

  /** A change of files. */
  interface Change<T, E extends Exception> {
    T make() throws E;
  }

  private Semaphore of(CacheKey key) {
    return stripes[(int) (key.first() & (STRIPES - 1))];
  }

  /** From now on the name stands for the same file, until the result is run, once. */
  Runnable begin(CacheKey key) {
    var stripe = of(key);
    stripe.acquireUninterruptibly();
    return stripe::release;
  }

  /** Makes a change when nobody is about to open the file, or does so for too long. */
  <T, E extends Exception> T change(CacheKey key, Change<T, E> change) throws E {
    var stripe = of(key);
    var alone = isAlone(stripe);
    try {
      return change.make();
    } finally {
      if (alone) {
        stripe.release(ALL);
      }
    }
  }

  private static boolean isAlone(Semaphore stripe) {
    try {
      return stripe.tryAcquire(ALL, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
