package dev.nectar.prompt;

import dev.nectar.http.Deadline;

/** Has an LLM reword what was refused. */
final class LlmRewriter implements SafetyRewriter {

  private final PromptWriter writer;

  LlmRewriter(PromptWriter writer) {
    this.writer = writer;
  }

  @Override
  public Rewording rewrite(String prompt, int inputImages, Deadline deadline) {
    var rewording = writer.write(prompt, inputImages, deadline);
    return rewording instanceof Rewording.Reworded(var text) && text.strip().equals(prompt.strip())
        ? new Rewording.NoOtherWords()
        : rewording;
  }

  @Override
  public long cacheSize() {
    return writer.size();
  }
}
