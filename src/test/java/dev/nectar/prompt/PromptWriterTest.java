package dev.nectar.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.http.Deadline;
import dev.nectar.prompt.ChatAnswer.Refused;
import dev.nectar.prompt.ChatAnswer.Said;
import dev.nectar.prompt.Rewording.Failed;
import dev.nectar.prompt.Rewording.NoOtherWords;
import dev.nectar.prompt.Rewording.Reworded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PromptWriterTest {

  private static final ChatAnswer RIPE = new Said("<prompt>a ripe red apple</prompt>", true);
  private static final String WARNING = "WARN ";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<ChatAnswer> answer = new CompletableFuture<>();

  @AfterEach
  void close() {
    answer.complete(RIPE);
    threads.close();
  }

  @Test
  void optimize_asksByTheTemplateAndTakesTheTaggedPrompt(CapturedOutput output) {
    answers(RIPE);
    assertThat(optimizer("Improve: {ORIGINAL_PROMPT}").optimize("a red apple", 0, soon()))
        .isEqualTo("a ripe red apple");
    assertThat(asked).containsExactly("Improve: a red apple");
    assertThat(output).doesNotContain(WARNING);
  }

  @Test
  void optimize_samePromptAgain_isRemembered() {
    answers(RIPE);
    var optimizer = optimizer("{ORIGINAL_PROMPT}");
    optimizer.optimize("a red apple", 0, soon());
    optimizer.optimize("a red apple", 0, soon());
    assertThat(asked).hasSize(1);
    assertThat(optimizer.cacheSize()).isEqualTo(1);
  }

  @Test
  void optimize_moreThanCanBeRemembered_forgetsSome() {
    answers(RIPE);
    var optimizer = optimizer("{ORIGINAL_PROMPT}");
    IntStream.range(0, 1_010).forEach(i -> optimizer.optimize("apple " + i, 0, soon()));
    assertThat(optimizer.cacheSize()).isEqualTo(1_000);
  }

  @Test
  void optimize_failed_isThePromptAsItWas_andNotRemembered() {
    var optimizer = optimizer("{ORIGINAL_PROMPT}");
    answers(new ChatAnswer.Failed("status 500"));
    assertThat(optimizer.optimize("a red apple", 0, soon())).isEqualTo("a red apple");
    answers(new Refused());
    assertThat(optimizer.optimize("a red apple", 0, soon())).isEqualTo("a red apple");
    assertThat(optimizer.cacheSize()).isZero();
    answers(RIPE);
    assertThat(optimizer.optimize("a red apple", 0, soon())).isEqualTo("a ripe red apple");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ripe red apple",
        "<prompt>a ripe red app",
        "<prompt>ripe</prompt>",
        "<prompt>I'm sorry, but I can't help with that.</prompt>",
      })
  void optimize_nonsense_isThePromptAsItWas(String text) {
    answers(new Said(text, true));
    assertThat(optimizer("Use <prompt>: {ORIGINAL_PROMPT}").optimize("a red apple", 0, soon()))
        .isEqualTo("a red apple");
  }

  @Test
  void optimize_templateWithoutTags_isTheBareAnswer() {
    answers(new Said("Enhanced prompt: \"a ripe red apple\"", true));
    assertThat(optimizer("{ORIGINAL_PROMPT}").optimize("a <prompt> apple", 0, soon()))
        .isEqualTo("a ripe red apple");
  }

  @Test
  void fault_isToldOnceToTheOperator(CapturedOutput output) {
    answers(new ChatAnswer.Failed("status 401"));
    optimizer("{ORIGINAL_PROMPT}").optimize("a red apple", 0, soon());
    assertThat(output)
        .containsOnlyOnce(WARNING)
        .contains("Optimizing failed (status 401)")
        .doesNotContain("red apple");
  }

  @Test
  void cutOff_isToldAsSuch(CapturedOutput output) {
    answers(new Said("<prompt>a ripe re", false));
    optimizer("Use <prompt>: {ORIGINAL_PROMPT}").optimize("a red apple", 0, soon());
    assertThat(output).containsOnlyOnce(WARNING).contains("Optimizing failed (cut off)");
  }

  @Test
  void refusal_isToldAsSuch(CapturedOutput output) {
    answers(new Said("I can't help with that.", true));
    optimizer("{ORIGINAL_PROMPT}").optimize("a red apple", 0, soon());
    assertThat(output).containsOnlyOnce(WARNING).contains("Optimizing was refused");
  }

  @Test
  void samePrompt_underWay_isAskedOnceAndFailsOnce(CapturedOutput output) throws Exception {
    var optimizer = optimizer("{ORIGINAL_PROMPT}");
    var prompts =
        IntStream.range(0, 4)
            .mapToObj(_ -> threads.submit(() -> optimizer.optimize("a red apple", 0, soon())))
            .toList();
    await().until(() -> asked.size() == 1);
    assertThat(optimizer.cacheSize()).isZero();
    answers(new ChatAnswer.Failed("not JSON"));
    for (var prompt : prompts) {
      assertThat(prompt.get()).isEqualTo("a red apple");
    }
    assertThat(output).containsOnlyOnce("Optimizing failed (not JSON)");
  }

  @Test
  void waiter_thatLeavesEarly_takesTheAnswerFromNobody() throws Exception {
    var optimizer = optimizer("{ORIGINAL_PROMPT}");
    var hurried = Deadline.in(Duration.ofMillis(50), Ticker.systemTicker());
    assertThat(optimizer.optimize("a red apple", 0, hurried)).isEqualTo("a red apple");

    var patient = threads.submit(() -> optimizer.optimize("a red apple", 0, soon()));
    answers(RIPE);
    assertThat(patient.get()).isEqualTo("a ripe red apple");
    assertThat(asked).hasSize(1);
  }

  @Test
  void deadline_passed_asksNobody() {
    var passed = Deadline.in(Duration.ZERO, Ticker.systemTicker());
    assertThat(optimizer("{ORIGINAL_PROMPT}").optimize("a red apple", 0, passed))
        .isEqualTo("a red apple");
    assertThat(asked).isEmpty();
  }

  @Test
  void surprise_isThePromptAsItWas_andNotRemembered() {
    var optimizer = optimizer("{ORIGINAL_PROMPT}");
    answer.completeExceptionally(new IllegalStateException("closed"));
    assertThat(optimizer.optimize("a red apple", 0, soon())).isEqualTo("a red apple");
    answers(RIPE);
    await().until(() -> optimizer.optimize("a red apple", 0, soon()).equals("a ripe red apple"));
  }

  @Test
  void rewrite_otherText_isTheNewPrompt() {
    answers(new Said("<prompt>a green apple</prompt>", true));
    assertThat(rewriter().rewrite("a red apple", 0, soon()))
        .isEqualTo(new Reworded("a green apple"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<prompt> a red apple </prompt>",
        "I can't help with that.",
        "<prompt>I'm sorry, but I cannot rewrite this.</prompt>",
      })
  void rewrite_sameTextOrRefused_hasNoOtherWords(String text) {
    answers(new Said(text, true));
    assertThat(rewriter().rewrite("a red apple", 0, soon())).isEqualTo(new NoOtherWords());
  }

  @Test
  void rewrite_refusedByFlag_hasNoOtherWords() {
    answers(new Refused());
    assertThat(rewriter().rewrite("a red apple", 0, soon())).isEqualTo(new NoOtherWords());
  }

  @Test
  void rewrite_failedOrNonsense_isAFailure() {
    answers(new ChatAnswer.Failed("timeout"));
    assertThat(rewriter().rewrite("a red apple", 0, soon())).isEqualTo(new Failed());
    answers(new Said("I would love to.", true));
    assertThat(rewriter().rewrite("a red apple", 0, soon())).isEqualTo(new Failed());
  }

  /** From now on, and to whoever is waiting. */
  private void answers(ChatAnswer said) {
    answer.complete(said);
    answer = CompletableFuture.completedFuture(said);
  }

  private LlmOptimizer optimizer(String template) {
    return new LlmOptimizer(writer(template));
  }

  private LlmRewriter rewriter() {
    return new LlmRewriter(writer("Use <prompt>: {ORIGINAL_PROMPT}"));
  }

  private PromptWriter writer(String template) {
    return new PromptWriter(
        "Optimizing",
        new PromptTemplate(template),
        message -> {
          asked.add(message);
          return answer.join();
        });
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), Ticker.systemTicker());
  }
}
