package dev.nectar.generation;

import static java.util.stream.Collectors.joining;

import dev.nectar.generation.GenerationResult.Failed.Reason;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which stages of a generation failed, and why there is no image if none is made. */
final class StageFailures {

  private final Map<String, Set<String>> kinds = new LinkedHashMap<>();
  private Reason reason = Reason.OTHER;

  void add(String stage, Set<String> more) {
    kinds.computeIfAbsent(stage, _ -> new LinkedHashSet<>()).addAll(more);
  }

  /** Whoever has refused the content has said more. */
  void add(String stage, Set<String> more, Reason why) {
    add(stage, more);
    reason = reason == Reason.OTHER ? why : reason;
  }

  void contentRefused() {
    reason = Reason.CONTENT_REFUSED;
  }

  Reason reason() {
    return reason;
  }

  /** Without a word of what they said. */
  GenerationResult.Failed result() {
    return new GenerationResult.Failed(
        kinds.entrySet().stream()
            .map(stage ->
                stage.getValue().isEmpty()
                    ? stage.getKey()
                    : stage.getKey() + " (" + String.join(", ", stage.getValue()) + ")")
            .collect(joining(", ")),
        reason);
  }
}
