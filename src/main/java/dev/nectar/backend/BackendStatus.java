package dev.nectar.backend;

/**
 * A back end as operators see it.
 *
 * @param url without user info and query
 * @param requests attempts since the start
 * @param failures of these
 * @param blocked refusals of content among these
 */
public record BackendStatus(
    String url, double weight, State state, long requests, long failures, long blocked) {

  /** Whether it is drawn like any other. */
  public enum State {
    UP,
    RESTING
  }
}
