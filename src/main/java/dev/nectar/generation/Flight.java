package dev.nectar.generation;

import dev.nectar.backend.Usage;
import dev.nectar.cache.KeyLeases;
import dev.nectar.observe.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One generation under way, and everyone who waits for it. */
final class Flight {

  /**
   * What it came to.
   *
   * @param found whether that was known already, so that nothing was made
   * @param usage what the back end says that it took; null if it says nothing
   */
  record Outcome(GenerationResult result, boolean found, @Nullable Usage usage) {

    /** One of which no usage is known. */
    Outcome(GenerationResult result, boolean found) {
      this(result, found, null);
    }
  }

  /** Writes to the cache. */
  interface Keeping<T> {
    T keep() throws IOException;
  }

  /** So often is it found out whether those who wait are still there. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final int MAX_NAMED = 100;

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Announcements announcements = new Announcements();
  private final ReentrantLock lock = new ReentrantLock();

  /** The requests that joined it, of whom so many are told of in the log. */
  private final Queue<String> joined = new ConcurrentLinkedQueue<>();

  private final Semaphore named = new Semaphore(MAX_NAMED);
  private boolean forgotten;
  private volatile KeyLeases.Lease lease = KeyLeases.Lease.FREE;

  /** The generation itself, and whoever waits or reads. */
  private final AtomicInteger users = new AtomicInteger(1);

  /** Takes part in it; false if it has ended and everyone has left. */
  boolean join() {
    return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** Has its log lines name this request, too. */
  void joinedBy(String requestId) {
    if (named.tryAcquire()) {
      joined.add(requestId);
    }
  }

  /** To be called by its own thread before it tells anything. */
  void tellWhoWaits() {
    Work.alsoFor(List.copyOf(joined));
  }

  /** Whoever revokes the lease has it forgotten, too. */
  void begin(KeyLeases.Lease taken) {
    lease = taken;
  }

  Announcements announcements() {
    return announcements;
  }

  Outcome await() {
    return outcome.join();
  }

  /** Waits as long as the one who waits is there; empty if it went away. */
  Optional<Outcome> await(Presence presence) {
    while (true) {
      try {
        return Optional.of(outcome.get(LOOK.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (!presence.isHere()) {
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException("an outcome is a value", e);
      }
    }
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Tells those who wait, ahead of the end; whether they had not been told yet. */
  boolean answer(Outcome known) {
    return outcome.complete(known);
  }

  void end(Outcome ended) {
    if (!answer(ended)) {
      ended.result().discard();
    }
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
      return isForgotten() ? Optional.empty() : Optional.of(keeping.keep());
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
      return forgotten || lease.isRevoked();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whoever listens what a flight is at; who comes late hears the latest at once. */
  static final class Announcements {

    private final List<Consumer<? super Progress>> listeners = new ArrayList<>();
    private @Nullable Progress latest;

    /**
     * @param listener called by the flight's thread; must return quickly and not throw
     */
    synchronized void listen(Consumer<? super Progress> listener) {
      listeners.add(listener);
      if (latest != null) {
        listener.accept(latest);
      }
    }

    synchronized void announce(Progress progress) {
      latest = progress;
      listeners.forEach(listener -> listener.accept(progress));
    }
  }
}
