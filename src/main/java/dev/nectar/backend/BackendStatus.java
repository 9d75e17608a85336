package dev.nectar.backend;

import org.jspecify.annotations.Nullable;

/**
 * A back end as operators see it.
 *
 * @param url without user info and query
 * @param requests attempts since the start
 * @param failures of these
 * @param blocked refusals of content among these
 * @param painted images among these
 * @param medianMillis that the latest images took; null if there is none
 */
public record BackendStatus(
    String url,
    double weight,
    State state,
    long requests,
    long failures,
    long blocked,
    long painted,
    @Nullable Long medianMillis) {

  /** Whether it is drawn like any other. */
  public enum State {
    UP,
    RESTING
  }
}
