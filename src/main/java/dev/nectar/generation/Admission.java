package dev.nectar.generation;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets a generation begin when no other node makes the same image and there is a place: so many run
 * at a time, four times as many wait in line, and who came first is first. Nothing begins once it
 * is closed.
 */
final class Admission {

  private static final int QUEUE_FACTOR = 4;

  private final KeyLeases leases;
  private final GenerationSettings settings;
  private final Ticker ticker;
  private final Semaphore places;
  private final Level running = new Level();
  private final Level waiting = new Level();

  /** The threads to interrupt when this is closed; guards {@link #closed} too. */
  private final Set<Thread> waiters = new HashSet<>();

  private boolean closed;

  Admission(KeyLeases leases, GenerationSettings settings, Ticker ticker) {
    this.leases = leases;
    this.settings = settings;
    this.ticker = ticker;
    this.places = new Semaphore(settings.maxConcurrent(), true);
  }

  /** What is admitted. */
  interface Admitted {
    Flight.Outcome run(Deadline deadline, KeyLeases.Lease lease);
  }

  private interface Waiting<T> {
    T await() throws InterruptedException;
  }

  /** What became of waiting for a place. */
  private enum Turn {
    COME,
    LINE_TOO_LONG,
    TOO_LATE,
    CLOSED
  }

  /** The lease comes before the place: who waits for another node's image takes no place. */
  Flight.Outcome admit(CacheKey key, Admitted generation) {
    var deadline = Deadline.in(settings.timeout(), ticker);
    var taken = unlessClosed(() -> leases.take(key, deadline), Optional.<KeyLeases.Lease>empty());
    if (taken.isEmpty()) {
      return refused(
          isClosed() ? new GenerationResult.ShuttingDown() : new GenerationResult.TimedOut());
    }
    try (var lease = taken.get()) {
      return switch (unlessClosed(() -> takePlace(deadline), Turn.CLOSED)) {
        case COME -> run(deadline, lease, generation);
        case LINE_TOO_LONG -> refused(new GenerationResult.Overloaded());
        case TOO_LATE -> refused(new GenerationResult.TimedOut());
        case CLOSED -> refused(new GenerationResult.ShuttingDown());
      };
    }
  }

  /** Waits until {@link #close} at the latest, which leaves no trace on the thread. */
  private <T> T unlessClosed(Waiting<T> waiting, T otherwise) {
    var thread = Thread.currentThread();
    synchronized (waiters) {
      if (closed) {
        return otherwise;
      }
      waiters.add(thread);
    }
    try {
      return waiting.await();
    } catch (InterruptedException e) {
      return otherwise;
    } finally {
      synchronized (waiters) {
        waiters.remove(thread);
        var _ = Thread.interrupted();
      }
    }
  }

  private Turn takePlace(Deadline deadline) throws InterruptedException {
    if (places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
      return Turn.COME;
    }
    try {
      if (waiting.rise() > settings.maxConcurrent() * QUEUE_FACTOR) {
        return Turn.LINE_TOO_LONG;
      }
      return places.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)
          ? Turn.COME
          : Turn.TOO_LATE;
    } finally {
      waiting.fall();
    }
  }

  private Flight.Outcome run(Deadline deadline, KeyLeases.Lease lease, Admitted generation) {
    running.rise();
    try {
      return isClosed()
          ? refused(new GenerationResult.ShuttingDown())
          : generation.run(deadline, lease);
    } finally {
      running.fall();
      places.release();
    }
  }

  private static Flight.Outcome refused(GenerationResult result) {
    return new Flight.Outcome(result, false);
  }

  /** Sends away whoever waits. */
  void close() {
    synchronized (waiters) {
      closed = true;
      waiters.forEach(Thread::interrupt);
    }
  }

  boolean isClosed() {
    synchronized (waiters) {
      return closed;
    }
  }

  int running() {
    return running.now();
  }

  int waiting() {
    return waiting.now();
  }

  /** Since the last call. */
  GenerationStatus.Peaks peaks() {
    return new GenerationStatus.Peaks(
        running.takePeak(), Math.min(settings.maxConcurrent() * QUEUE_FACTOR, waiting.takePeak()));
  }

  /** A number and the highest that it has been. */
  private static final class Level {

    private int now;
    private int peak;

    synchronized int rise() {
      now++;
      peak = Math.max(peak, now);
      return now;
    }

    synchronized void fall() {
      now--;
    }

    synchronized int now() {
      return now;
    }

    /** The highest since the last call. */
    synchronized int takePeak() {
      var taken = peak;
      peak = now;
      return taken;
    }
  }
}
