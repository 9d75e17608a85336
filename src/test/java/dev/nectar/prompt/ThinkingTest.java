package dev.nectar.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {

  @ParameterizedTest
  @CsvSource({
    "an apple, an apple",
    "<think>hm</think>an apple, an apple",
    "<think>hm</think> an <THINK>or</THINK>apple, ' an apple'",
    "<think>it says <think> here</think>an apple, an apple",
    "hm hm</think>an apple, an apple",
    "<think>hm</think>so</think>an apple, an apple",
    "<think>hm, ''",
    "an apple<think>or, an apple",
    "<thinking>hm</thinking>an apple, an apple",
    "<think></think>an apple, an apple",
  })
  void dropped_leavesWhatIsSaid(String text, String said) {
    assertThat(Thinking.dropped(text)).isEqualTo(said);
  }

  @Test
  void dropped_manyOpeningTags_isSoonDone() {
    assertThat(Thinking.dropped("an apple" + "<think>".repeat(100_000))).isEqualTo("an apple");
  }
}
