package dev.nectar.prompt;

import dev.nectar.http.Deadline;

/** Has an LLM enrich prompts. */
final class LlmOptimizer implements PromptOptimizer {

  private final PromptWriter writer;

  LlmOptimizer(PromptWriter writer) {
    this.writer = writer;
  }

  @Override
  public String optimize(String prompt, int inputImages, Deadline deadline) {
    return switch (writer.write(prompt, inputImages, deadline)) {
      case Rewording.Reworded(var better) -> better;
      case Rewording.NoOtherWords _, Rewording.Failed _ -> prompt;
    };
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public long cacheSize() {
    return writer.size();
  }
}
