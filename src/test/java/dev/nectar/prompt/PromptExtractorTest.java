package dev.nectar.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptExtractorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<prompt>a red apple at dawn</prompt>",
        "Thinking… <prompt>no</prompt> better: <PROMPT>\n a red apple at dawn \n</PROMPT> done",
        "a red apple at dawn",
        "  a red apple at dawn\n",
        "```\na red apple at dawn\n```",
        "```text\na red apple at dawn\n```\nHope that helps!",
        "\"a red apple at dawn\"",
        "“a red apple at dawn”",
        "'a red apple at dawn'",
        "**a red apple at dawn**",
        "Enhanced prompt: a red apple at dawn",
        "Enhanced Prompt:\n\n\"a red apple at dawn\"",
        "**Enhanced prompt:** a red apple at dawn",
        "**Optimized Prompt**: a red apple at dawn",
        "Sure, here is the improved version: a red apple at dawn",
        "Here's your prompt:\n```\n**a red apple at dawn**\n```",
        "Prompt: a red apple at dawn",
      })
  void extract_whateverIsLaidAround_findsThePrompt(String answer) {
    assertThat(PromptExtractor.extract(answer)).contains("a red apple at dawn");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "ab", "<prompt></prompt>", "<prompt> abc </prompt>", "\"\"", "``````"})
  void extract_tooShort_isEmpty(String answer) {
    assertThat(PromptExtractor.extract(answer)).isEmpty();
  }

  @Test
  void extract_colonInsideThePrompt_isKept() {
    assertThat(PromptExtractor.extract("a sign that reads: open"))
        .contains("a sign that reads: open");
  }

  @Test
  void extract_unclosedTag_isTheWholeAnswer() {
    assertThat(PromptExtractor.extract("a red apple <prompt> at dawn"))
        .contains("a red apple <prompt> at dawn");
  }

  @Test
  void extract_overTwoThousand_isCutAtTheLastSentenceEnd() {
    var sentence = "A red apple lies on a table in the morning light. ";
    var cut = PromptExtractor.extract(sentence.repeat(50)).orElseThrow();
    assertThat(cut)
        .hasSizeLessThanOrEqualTo(2_000)
        .isEqualTo(sentence.repeat(40).strip().substring(0, cut.length()));
    assertThat(cut).endsWith("light.");
  }

  @Test
  void extract_oneEndlessSentence_isCutAtAWord() {
    var cut = PromptExtractor.extract("apple ".repeat(500)).orElseThrow();
    assertThat(cut).hasSizeBetween(1_980, 2_000).endsWith("apple");
  }
}
