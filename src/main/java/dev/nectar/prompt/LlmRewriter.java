package dev.nectar.prompt;

import dev.nectar.http.Deadline;
import java.util.Optional;

/** Has an LLM reword what was refused. */
final class LlmRewriter implements SafetyRewriter {

  private final PromptWriter writer;

  LlmRewriter(PromptWriter writer) {
    this.writer = writer;
  }

  @Override
  public Optional<String> rewrite(String prompt, Deadline deadline) {
    return writer.write(prompt, deadline).filter(text -> !text.strip().equals(prompt.strip()));
  }

  @Override
  public long cacheSize() {
    return writer.size();
  }
}
