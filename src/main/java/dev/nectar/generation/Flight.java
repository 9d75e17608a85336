package dev.nectar.generation;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** One generation under way, and everyone who waits for it. */
final class Flight {

  /**
   * What it came to.
   *
   * @param found whether that was known already, so that nothing was made
   */
  record Outcome(GenerationResult result, boolean found) {}

  /** Writes to the cache. */
  interface Keeping<T> {
    T keep() throws IOException;
  }

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Announcements announcements = new Announcements();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean forgotten;

  /** The generation itself, and whoever waits or reads. */
  private final AtomicInteger users = new AtomicInteger(1);

  /** Takes part in it; false if it has ended and everyone has left. */
  boolean join() {
    return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  Announcements announcements() {
    return announcements;
  }

  Outcome await() {
    return outcome.join();
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  void end(Outcome ended) {
    outcome.complete(ended);
    leave();
  }

  /** Must be called once by each who joined; the last one clears up. */
  void leave() {
    if (users.decrementAndGet() == 0) {
      outcome.join().result().discard();
    }
  }

  /** Keeps something, unless all of this was to be forgotten; neither happens during the other. */
  <T> Optional<T> unlessForgotten(Keeping<T> keeping) throws IOException {
    lock.lock();
    try {
      return forgotten ? Optional.empty() : Optional.of(keeping.keep());
    } finally {
      lock.unlock();
    }
  }

  void forget() {
    lock.lock();
    try {
      forgotten = true;
    } finally {
      lock.unlock();
    }
  }

  boolean isForgotten() {
    lock.lock();
    try {
      return forgotten;
    } finally {
      lock.unlock();
    }
  }
}
