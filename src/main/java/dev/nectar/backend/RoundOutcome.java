package dev.nectar.backend;

/** What a round of attempts came to. */
public sealed interface RoundOutcome {

  /** A back end painted; the image is to be closed by whoever takes it. */
  record Done(BackendReply.Painted painted) implements RoundOutcome {}

  /**
   * At least one refused the content and none painted.
   *
   * @param certain whether every one that was asked said so
   */
  record Blocked(boolean certain) implements RoundOutcome {}

  /** All that could be asked failed. */
  record Exhausted() implements RoundOutcome {}
}
