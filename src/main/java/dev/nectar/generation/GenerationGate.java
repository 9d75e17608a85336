package dev.nectar.generation;

import dev.nectar.http.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many generations run, and four times as many wait in line. */
final class GenerationGate {

  private static final int QUEUE_FACTOR = 4;

  private final Semaphore places;
  private final Level running = new Level();
  private final Level waiting = new Level();
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
      running.rise();
    }
    return entry;
  }

  private Entry queue(Deadline deadline) {
    try {
      if (waiting.rise() > maxWaiting) {
        return Entry.LINE_TOO_LONG;
      }
      return places.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)
          ? Entry.ENTERED
          : Entry.TOO_LATE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Entry.TOO_LATE;
    } finally {
      waiting.fall();
    }
  }

  /** Gives back the place that {@link #enter} gave. */
  void leave() {
    running.fall();
    places.release();
  }

  int running() {
    return running.now();
  }

  int waiting() {
    return waiting.now();
  }

  /** Since the last call. */
  GenerationStatus.Peaks peaks() {
    return new GenerationStatus.Peaks(running.takePeak(), Math.min(maxWaiting, waiting.takePeak()));
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
