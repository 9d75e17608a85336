package dev.nectar.prompt;

import dev.nectar.http.Deadline;

/** Makes a better prompt of a prompt. */
public interface PromptOptimizer {

  /** Leaves every prompt as it is. */
  PromptOptimizer NONE =
      new PromptOptimizer() {
        @Override
        public String optimize(String prompt, int inputImages, Deadline deadline) {
          return prompt;
        }

        @Override
        public boolean isActive() {
          return false;
        }

        @Override
        public long cacheSize() {
          return 0;
        }
      };

  /**
   * The better prompt, or the prompt as it was; never fails.
   *
   * @param inputImages how many pictures the new one is made from
   */
  String optimize(String prompt, int inputImages, Deadline deadline);

  /** Whether it may change a prompt, which then takes time. */
  boolean isActive();

  /** How many prompts are remembered. */
  long cacheSize();
}
