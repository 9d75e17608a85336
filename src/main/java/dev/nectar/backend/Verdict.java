package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Evidence;

/** What an answer without an image means. */
public sealed interface Verdict permits BackendReply.Declined, Verdict.Unsupported {

  /**
   * A parameter is not known or not accepted; the prompt is not at fault, and the same back end may
   * take the request without it.
   *
   * @param always whether it is the parameter itself, not just its value
   * @param sizes told by an answer that blames the size
   */
  record Unsupported(String parameter, boolean always, OfferedSizes sizes, Evidence evidence)
      implements Verdict {}
}
