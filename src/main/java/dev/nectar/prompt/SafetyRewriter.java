package dev.nectar.prompt;

import dev.nectar.http.Deadline;
import java.util.Optional;

/** Makes a prompt that was refused acceptable. */
public interface SafetyRewriter {

  /** Has no other words for anything. */
  SafetyRewriter NONE =
      new SafetyRewriter() {
        @Override
        public Optional<String> rewrite(String prompt, Deadline deadline) {
          return Optional.empty();
        }

        @Override
        public long cacheSize() {
          return 0;
        }
      };

  /** Another prompt with the same intent; empty if there is none to be had. Never fails. */
  Optional<String> rewrite(String prompt, Deadline deadline);

  /** How many prompts are remembered. */
  long cacheSize();
}
