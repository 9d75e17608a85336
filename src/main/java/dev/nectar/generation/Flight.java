package dev.nectar.generation;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** One generation under way, and everyone who waits for it. */
final class Flight {

  /** Writes to the cache. */
  interface Keeping<T> {
    T keep() throws IOException;
  }

  private final CompletableFuture<GenerationResult> landing = new CompletableFuture<>();
  private final Announcements announcements = new Announcements();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean spared;
  private boolean forgotten;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Takes one more aboard; false if it has landed and everyone has left. */
  boolean board() {
    return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  Announcements announcements() {
    return announcements;
  }

  GenerationResult await() {
    return landing.join();
  }

  CompletableFuture<GenerationResult> landing() {
    return landing;
  }

  void land(GenerationResult result) {
    landing.complete(result);
    leave();
  }

  /** Nothing has to be made after all: this is known already. */
  GenerationResult spare(GenerationResult known) {
    spared = true;
    return known;
  }

  boolean isSpared() {
    return spared;
  }

  /** Must be called once by each who boarded; the last one clears up. */
  void leave() {
    if (holders.decrementAndGet() == 0) {
      landing.join().discard();
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
}
