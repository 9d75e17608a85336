package dev.nectar.prompt;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nectar.http.Deadline;
import dev.nectar.observe.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has an LLM make another prompt of a prompt by a template, asks once however many want the same,
 * and remembers what it made.
 */
final class PromptWriter {

  private static final Logger log = LoggerFactory.getLogger(PromptWriter.class);
  private static final int MAX_REMEMBERED = 1_000;

  private final String purpose;
  private final PromptTemplate template;
  private final Function<String, ChatAnswer> llm;

  private record Original(String prompt, int inputImages) {}

  /** Of what is under way, and of what was reworded. */
  private final AsyncCache<Original, Rewording> rewordings =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).buildAsync();

  /**
   * A writer.
   *
   * @param purpose to say in a log what failed
   * @param llm from a message to its answer
   */
  PromptWriter(String purpose, PromptTemplate template, Function<String, ChatAnswer> llm) {
    this.purpose = purpose;
    this.template = template;
    this.llm = llm;
  }

  /**
   * Another prompt. The LLM is asked on a thread of its own: who has to leave earlier takes the
   * answer from nobody else.
   */
  Rewording write(String prompt, int inputImages, Deadline deadline) {
    if (deadline.hasPassed()) {
      return new Rewording.Failed();
    }
    var rewording =
        rewordings.get(
            new Original(prompt, inputImages),
            (original, _) -> CompletableFuture.supplyAsync(() -> reword(original), Work.threads()));
    try {
      return rewording.get(deadline.remaining().toNanos(), NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new Rewording.Failed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Rewording.Failed();
    }
  }

  private Rewording reword(Original original) {
    var rewording = judge(llm.apply(template.with(original.prompt(), original.inputImages())));
    if (!(rewording instanceof Rewording.Reworded)) {
      // Before anybody learns of it, so that whoever asks next asks the LLM.
      rewordings.asMap().remove(original);
    }
    return rewording;
  }

  private Rewording judge(ChatAnswer answer) {
    return switch (answer) {
      case ChatAnswer.Said said ->
          switch (PromptExtractor.extract(said, template.namesTags())) {
            case PromptExtractor.Extract.Prompt(var text) -> new Rewording.Reworded(text);
            case PromptExtractor.Extract.Refusal _ -> refused();
            case PromptExtractor.Extract.Nothing _ ->
                failed(said.whole() ? "no prompt in the answer" : "cut off");
          };
      case ChatAnswer.Refused _ -> refused();
      case ChatAnswer.Failed(var fault) -> failed(fault);
    };
  }

  private Rewording refused() {
    log.warn("{} was refused by the LLM; the prompt goes on as it was.", purpose);
    return new Rewording.NoOtherWords();
  }

  private Rewording failed(String fault) {
    log.warn("{} failed ({}); the prompt goes on as it was.", purpose, fault);
    return new Rewording.Failed();
  }

  /** How many prompts it remembers. */
  long size() {
    rewordings.synchronous().cleanUp();
    return rewordings.asMap().values().stream().filter(CompletableFuture::isDone).count();
  }
}
