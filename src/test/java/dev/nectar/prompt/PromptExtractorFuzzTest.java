package dev.nectar.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nectar.prompt.ChatAnswer.Said;
import dev.nectar.prompt.PromptExtractor.Extract.Nothing;
import dev.nectar.prompt.PromptExtractor.Extract.Prompt;
import dev.nectar.prompt.PromptExtractor.Extract.Refusal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Whatever an LLM says, a prompt of some length or none comes of it, and soon. */
class PromptExtractorFuzzTest {

  /** Of this thread's work: whatever else the machine does is not counted. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  /** Pieces up to this length are repeated until what takes the square of that takes seconds. */
  private static final int PIECE = 12;

  private static final int LONG = 64 * 1024;

  @FuzzTest
  void answer(byte[] bytes) {
    var answer = new String(bytes, UTF_8);
    assertPrompt(answer);
    if (!answer.isEmpty() && answer.length() <= PIECE) {
      assertSoon(answer.repeat(LONG / answer.length()));
    }
    var tagged = new Said("so: <prompt>a red apple</prompt>" + untagged(answer), true);
    assertThat(PromptExtractor.extract(tagged, true)).isEqualTo(new Prompt("a red apple"));
  }

  private static String untagged(String answer) {
    return answer.replaceAll("(?i)</?prompt>", "");
  }

  private static void assertSoon(String answer) {
    var start = CLOCK.getCurrentThreadCpuTime();
    assertPrompt(answer);
    assertThat(Duration.ofNanos(CLOCK.getCurrentThreadCpuTime() - start))
        .isLessThan(Duration.ofSeconds(2));
  }

  private static void assertPrompt(String answer) {
    var text = Thinking.dropped(answer);
    switch (PromptExtractor.extract(new Said(text, true), false)) {
      case Prompt(var prompt) -> {
        assertThat(prompt.length()).isBetween(1, 2_000);
        assertThat(prompt).isEqualTo(prompt.strip());
        assertThat(text).contains(prompt);
      }
      case Refusal _, Nothing _ -> {}
    }
  }
}
