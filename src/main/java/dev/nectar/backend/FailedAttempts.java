package dev.nectar.backend;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;

/** The last attempts that brought neither a picture nor a plain refusal of the content. */
public final class FailedAttempts {

  private static final int CAPACITY = 100;

  /** One of them, and for which request it was made. */
  public record FailedAttempt(Instant at, String requestId, Attempt attempt) {}

  private final ArrayDeque<FailedAttempt> latest = new ArrayDeque<>(CAPACITY);
  private final InstantSource clock;

  public FailedAttempts(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes it up if it is one. */
  public synchronized void add(String requestId, Attempt attempt) {
    if (attempt.isPainted() || attempt.refused()) {
      return;
    }
    if (latest.size() == CAPACITY) {
      latest.removeLast();
    }
    latest.addFirst(new FailedAttempt(clock.instant(), requestId, attempt));
  }

  /** The newest first. */
  public synchronized List<FailedAttempt> latest() {
    return List.copyOf(latest);
  }
}
