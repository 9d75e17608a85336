package dev.nectar.generation;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a generation begin when no other node makes the same image and there is a place: so many run
 * at a time, four times as many wait in line, and who came first is first. Nothing begins once it
 * is closed.
 */
final class Admission {

  private static final int QUEUE_FACTOR = 4;

  /** More than can ever wait. */
  private static final int ALL = 1 << 30;

  private final KeyLeases leases;
  private final GenerationSettings settings;
  private final InstantSource clock;
  private final Semaphore places;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  Admission(KeyLeases leases, GenerationSettings settings, InstantSource clock) {
    this.leases = leases;
    this.settings = settings;
    this.clock = clock;
    this.places = new Semaphore(settings.maxConcurrent(), true);
  }

  /** What is admitted. */
  interface Admitted {
    Flight.Outcome run(Deadline deadline, KeyLeases.Lease lease);
  }

  /** The lease comes before the place: who waits for another node's image takes no place. */
  Flight.Outcome admit(CacheKey key, Admitted generation) {
    if (closed) {
      return refused(new GenerationResult.ShuttingDown());
    }
    var deadline = Deadline.in(settings.timeout(), clock);
    var taken = leases.take(key, deadline);
    if (taken.isEmpty()) {
      return refused(new GenerationResult.TimedOut());
    }
    try (var lease = taken.get()) {
      return inPlace(deadline, lease, generation);
    }
  }

  private Flight.Outcome inPlace(Deadline deadline, KeyLeases.Lease lease, Admitted generation) {
    try {
      if (!places.tryAcquire(0, TimeUnit.NANOSECONDS) && !waitInLine(deadline)) {
        return refused(
            deadline.hasPassed()
                ? new GenerationResult.TimedOut()
                : new GenerationResult.Overloaded());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused(new GenerationResult.ShuttingDown());
    }
    running.incrementAndGet();
    try {
      return closed
          ? refused(new GenerationResult.ShuttingDown())
          : generation.run(deadline, lease);
    } finally {
      running.decrementAndGet();
      places.release();
    }
  }

  /** Whether there was a place; if not, the line was too long or the deadline has passed. */
  private boolean waitInLine(Deadline deadline) throws InterruptedException {
    try {
      return waiting.incrementAndGet() <= settings.maxConcurrent() * QUEUE_FACTOR
          && places.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static Flight.Outcome refused(GenerationResult result) {
    return new Flight.Outcome(result, false);
  }

  /** Sends away whoever waits in line. */
  void close() {
    closed = true;
    places.release(ALL);
  }

  boolean isClosed() {
    return closed;
  }

  int running() {
    return running.get();
  }

  int waiting() {
    return waiting.get();
  }
}
