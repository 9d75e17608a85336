package dev.nectar.prompt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nectar.http.Deadline;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has an LLM make another prompt of a prompt by a template, and remembers what it made. */
final class PromptWriter {

  private static final Logger log = LoggerFactory.getLogger(PromptWriter.class);
  private static final int MAX_REMEMBERED = 1_000;

  private final String purpose;
  private final PromptTemplate template;
  private final ChatClient chat;
  private final Cache<String, String> written =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  /**
   * A writer.
   *
   * @param purpose to say in a log what failed
   */
  PromptWriter(String purpose, PromptTemplate template, ChatClient chat) {
    this.purpose = purpose;
    this.template = template;
    this.chat = chat;
  }

  /** Another prompt; empty, after a warning, if the LLM had none. */
  Optional<String> write(String prompt, Deadline deadline) {
    var known = written.getIfPresent(prompt);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      var fresh = PromptExtractor.extract(chat.ask(template.with(prompt), deadline));
      fresh.ifPresentOrElse(
          text -> written.put(prompt, text),
          () -> log.warn("{} brought no prompt; it goes on as it was.", purpose));
      return fresh;
    } catch (IOException e) {
      log.warn(
          "{} failed ({}); the prompt goes on as it was.", purpose, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** How many prompts it remembers. */
  long size() {
    written.cleanUp();
    return written.estimatedSize();
  }
}
