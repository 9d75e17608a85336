package dev.nectar.prompt;

import dev.nectar.http.Deadline;
import java.util.Optional;

/** Makes a prompt that was refused acceptable. */
@FunctionalInterface
public interface SafetyRewriter {

  /** Has no other words for anything. */
  SafetyRewriter NONE = (prompt, deadline) -> Optional.empty();

  /** Another prompt with the same intent; empty if there is none to be had. Never fails. */
  Optional<String> rewrite(String prompt, Deadline deadline);
}
