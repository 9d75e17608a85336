package dev.nectar.backend;

import dev.nectar.backend.Negotiation.LeftOut;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A back end as operators see it.
 *
 * @param url without user info and query
 * @param protocol that it is spoken to in
 * @param counts since the start
 * @param medianMillis that the latest images took; null if there is none
 * @param lastFailure null if there was none
 * @param leftOut what is not asked of it for now
 */
public record BackendStatus(
    String url,
    double weight,
    String protocol,
    State state,
    Counts counts,
    @Nullable Long medianMillis,
    @Nullable LastFailure lastFailure,
    List<LeftOut> leftOut) {

  /** Whether it is drawn like any other. */
  public enum State {
    UP,
    RESTING,
    OUT_OF_BUDGET
  }

  BackendStatus outOfBudget() {
    return new BackendStatus(
        url, weight, protocol, State.OUT_OF_BUDGET, counts, medianMillis, lastFailure, leftOut);
  }

  /**
   * How attempts went.
   *
   * @param requests all of them
   * @param painted that brought an image
   * @param failures where the back end failed, was busy or locked this server out
   * @param blocked refusals of content
   * @param unclear that were turned down without a known reason
   */
  public record Counts(long requests, long painted, long failures, long blocked, long unclear) {}

  /**
   * The latest attempt that brought neither an image nor a plain refusal.
   *
   * @param kind in a few words
   */
  public record LastFailure(Instant at, String kind) {}
}
