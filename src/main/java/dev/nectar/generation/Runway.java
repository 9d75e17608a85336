package dev.nectar.generation;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.KeyLeases;
import dev.nectar.http.Deadline;
import java.time.Duration;
import java.time.InstantSource;

/** Lets a flight off when no other node makes the same image and there is a place for it. */
final class Runway {

  private final KeyLeases leases;
  private final GenerationGate gate;
  private final Duration timeout;
  private final InstantSource clock;
  private volatile boolean closed;

  Runway(KeyLeases leases, GenerationSettings settings, InstantSource clock) {
    this.leases = leases;
    this.gate = new GenerationGate(settings.maxConcurrent());
    this.timeout = settings.timeout();
    this.clock = clock;
  }

  /** What takes off. */
  interface Departure {
    GenerationResult fly(Deadline deadline, KeyLeases.Lease lease);
  }

  /** The lease comes before the place: who waits for another node's image takes no place. */
  GenerationResult clear(CacheKey key, Departure departure) {
    if (closed) {
      return new GenerationResult.ShuttingDown();
    }
    var deadline = Deadline.in(timeout, clock);
    var taken = leases.take(key, deadline);
    if (taken.isEmpty()) {
      return new GenerationResult.TimedOut();
    }
    try (var lease = taken.get()) {
      return switch (gate.enter(deadline)) {
        case LINE_TOO_LONG -> new GenerationResult.Overloaded();
        case TOO_LATE -> new GenerationResult.TimedOut();
        case ENTERED -> run(departure, deadline, lease);
      };
    }
  }

  private GenerationResult run(Departure departure, Deadline deadline, KeyLeases.Lease lease) {
    try {
      return departure.fly(deadline, lease);
    } finally {
      gate.leave();
    }
  }

  /** Lets nobody off from now on. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  int running() {
    return gate.running();
  }

  int waiting() {
    return gate.waiting();
  }
}
