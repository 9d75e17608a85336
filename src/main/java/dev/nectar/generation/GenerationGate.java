package dev.nectar.generation;

import dev.nectar.http.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many generations run, and four times as many wait in line. */
final class GenerationGate {

  private static final int QUEUE_FACTOR = 4;

  private final Semaphore places;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int maxWaiting;

  GenerationGate(int maxRunning) {
    this.places = new Semaphore(maxRunning, true);
    this.maxWaiting = maxRunning * QUEUE_FACTOR;
  }

  /** What became of waiting for a place. */
  enum Entry {
    ENTERED,
    LINE_TOO_LONG,
    TOO_LATE
  }

  /** Waits for a place until the deadline, if the line is not too long. */
  Entry enter(Deadline deadline) {
    var entry = places.tryAcquire() ? Entry.ENTERED : queue(deadline);
    if (entry == Entry.ENTERED) {
      running.incrementAndGet();
    }
    return entry;
  }

  private Entry queue(Deadline deadline) {
    try {
      if (waiting.incrementAndGet() > maxWaiting) {
        return Entry.LINE_TOO_LONG;
      }
      return places.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)
          ? Entry.ENTERED
          : Entry.TOO_LATE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Entry.TOO_LATE;
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** Gives back the place that {@link #enter} gave. */
  void leave() {
    running.decrementAndGet();
    places.release();
  }

  int running() {
    return running.get();
  }

  int waiting() {
    return waiting.get();
  }
}
