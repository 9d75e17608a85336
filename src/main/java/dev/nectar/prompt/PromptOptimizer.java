package dev.nectar.prompt;

import dev.nectar.http.Deadline;

/** Makes a better prompt of a prompt. */
@FunctionalInterface
public interface PromptOptimizer {

  /** Leaves every prompt as it is. */
  PromptOptimizer NONE = (prompt, deadline) -> prompt;

  /** The better prompt, or the prompt as it was; never fails. */
  String optimize(String prompt, Deadline deadline);
}
