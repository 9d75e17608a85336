package dev.nectar.prompt;

import dev.nectar.http.Deadline;

/** Makes a prompt that was refused acceptable. */
public interface SafetyRewriter {

  /** Has no other words for anything. */
  SafetyRewriter NONE =
      new SafetyRewriter() {
        @Override
        public Rewording rewrite(String prompt, int inputImages, Deadline deadline) {
          return new Rewording.NoOtherWords();
        }

        @Override
        public long cacheSize() {
          return 0;
        }
      };

  /**
   * Another prompt with the same intent, if there is one to be had.
   *
   * @param inputImages how many pictures the new one is made from
   */
  Rewording rewrite(String prompt, int inputImages, Deadline deadline);

  /** How many prompts are remembered. */
  long cacheSize();
}
