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

  /** Waits for a place; false if the line is too long or the deadline comes first. */
  boolean enter(Deadline deadline) {
    if (!places.tryAcquire() && !queue(deadline)) {
      return false;
    }
    running.incrementAndGet();
    return true;
  }

  private boolean queue(Deadline deadline) {
    try {
      return waiting.incrementAndGet() <= maxWaiting
          && places.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
