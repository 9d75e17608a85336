package dev.nectar.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
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
    assertThat(PromptExtractor.extract("so: <prompt>a red apple</prompt>" + untagged(answer)))
        .contains("a red apple");
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
    assertThat(PromptExtractor.extract(answer))
        .satisfiesAnyOf(
            prompt -> assertThat(prompt).isEmpty(),
            prompt ->
                assertThat(prompt)
                    .get()
                    .satisfies(text -> {
                      assertThat(text.length()).isBetween(1, 2_000);
                      assertThat(text).isEqualTo(text.strip());
                      assertThat(answer).contains(text);
                    }));
  }
}
