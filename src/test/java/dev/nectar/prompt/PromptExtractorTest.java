package dev.nectar.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.prompt.ChatAnswer.Said;
import dev.nectar.prompt.PromptExtractor.Extract;
import dev.nectar.prompt.PromptExtractor.Extract.Nothing;
import dev.nectar.prompt.PromptExtractor.Extract.Prompt;
import dev.nectar.prompt.PromptExtractor.Extract.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptExtractorTest {

  private static final String APPLE = "a red apple at dawn";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<prompt>a red apple at dawn</prompt>",
        "Thinking… <prompt>no</prompt> better: <PROMPT>\n a red apple at dawn \n</PROMPT> done",
        "<prompt>no <prompt>a red apple at dawn</prompt> done </prompt>",
        "I can't help with the first half, but: <prompt>a red apple at dawn</prompt>",
        "<prompt>a red apple at dawn</prompt> or perhaps <prompt>a green",
      })
  void extract_tags_findsTheLastPair(String answer) {
    assertThat(asked(answer)).isEqualTo(new Prompt(APPLE));
    assertThat(unasked(answer)).isEqualTo(new Prompt(APPLE));
    assertThat(PromptExtractor.extract(new Said(answer, false), true)).isEqualTo(new Prompt(APPLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a red apple at dawn",
        "  a red apple at dawn\n",
        "```\na red apple at dawn\n```",
        "```a red apple at dawn```",
        "```text\na red apple at dawn\n```\nHope that helps!",
        "```\na red apple at dawn",
        "\"a red apple at dawn\"",
        "“a red apple at dawn”",
        "'a red apple at dawn'",
        "**a red apple at dawn**",
        "Enhanced prompt: a red apple at dawn",
        "Enhanced Prompt:\n\n\"a red apple at dawn\"",
        "**Enhanced prompt:** a red apple at dawn",
        "**Optimized Prompt**: a red apple at dawn",
        "## Enhanced Prompt\n\na red apple at dawn",
        "**Improved version:** a red apple at dawn",
        "Sure, here is the improved version: a red apple at dawn",
        "Here's your prompt:\n```\n**a red apple at dawn**\n```",
        "Prompt: a red apple at dawn",
        "优化后的提示词：a red apple at dawn",
        "**提示词**：\n「a red apple at dawn」",
      })
  void extract_withoutTagsAsked_isWhatEverythingIsLaidAround(String answer) {
    assertThat(unasked(answer)).isEqualTo(new Prompt(APPLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a sign that reads: open",
        "\"Rise\" in neon beside \"Fall\" in ink",
        "**bold** letters over **thin** ones",
        "'night' and 'day', a diptych",
        "a red apple <prompt> at dawn",
        "A prompt and friendly waiter",
        "Sorry, a puppy with lowered ears, before a torn pillow",
        "No people, a road that can't be seen for the snow",
        "I can't help falling in love, a poster in the style of 1961",
        "a poster that says: I'm sorry, but I can't help with that",
        "An old man, as if to say: I cannot do that",
        "This description of a garden in a book, open on a desk",
        "Hello Kitty drinks tea",
        "A letter on a desk, your request was denied in red ink",
        "I don't work here anymore, a mural in Lisbon",
        "I won't answer the phone tonight, film still",
        "Here is a red fox in the snow\nbefore pine trees",
        "抱歉的小狗，低着头，不能直视主人",
        "一只猫说：抱歉，我无法回答",
      })
  void extract_whatOnlyLooksLaidAroundOrRefused_isKept(String answer) {
    assertThat(unasked(answer)).isEqualTo(new Prompt(answer));
  }

  @Test
  void extract_quotesWithinQuotes_stay() {
    assertThat(unasked("\"a shop's sign that reads \"Brot\"\""))
        .isEqualTo(new Prompt("a shop's sign that reads \"Brot\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "ab", "<prompt></prompt>", "<prompt> abc </prompt>", "\"\"", "``````"})
  void extract_tooShort_isNothing(String answer) {
    assertThat(asked(answer)).isEqualTo(new Nothing());
    assertThat(unasked(answer)).isEqualTo(new Nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a red apple at dawn",
        "<prompt>a red apple at da",
        "a red apple at dawn</prompt>",
        "</prompt>a red apple at dawn<prompt>",
        "What would you like the apple to look like?",
      })
  void extract_noWholePairThoughAsked_isNothing(String answer) {
    assertThat(asked(answer)).isEqualTo(new Nothing());
  }

  @Test
  void extract_cutOffWithoutTags_isNothing() {
    assertThat(PromptExtractor.extract(new Said("a red apple at da", false), false))
        .isEqualTo(new Nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I can't help with that.",
        "I can’t assist with that request.",
        "I'm sorry, but I can't help with that.",
        "I'm sorry, but I cannot fulfill this request as it violates the guidelines.",
        "**I'm sorry**, but I'm unable to create that image.",
        "Sorry, I can't.",
        "I cannot and will not generate this.",
        "I am not able to provide that.",
        "I'm not comfortable writing this prompt.",
        "I won't rewrite this.",
        "I must decline this request.",
        "I apologize, but I can't rewrite this prompt.",
        "Unfortunately, I am unable to process it.",
        "I understand that you want a scene of war. However, I can't create such a prompt.",
        "As an AI language model, I cannot create such content.",
        "This request violates our content policy.",
        "Sorry, but your request was rejected.",
        "I'm sorry, that's not something I can help with.",
        "Enhanced prompt: I'm sorry, but I can't help with that.",
        "抱歉，我无法协助满足该请求。",
        "很抱歉，但我不能生成这样的内容。",
        "对不起，无法为您生成该图片的提示词。",
        "作为一个AI语言模型，我无法提供这类内容。",
        "我无法回答这个问题。",
        "你好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。",
        "您好，我无法给到相关内容。",
        "申し訳ありませんが、そのご依頼にはお応えできません。",
        "죄송하지만 그 요청은 도와드릴 수 없습니다.",
        "Lo siento, pero no puedo ayudarte con eso.",
        "Je suis désolé, mais je ne peux pas vous aider.",
        "Es tut mir leid, aber ich kann dabei nicht helfen.",
        "Извините, я не могу помочь с этим.",
      })
  void extract_refusal_isNoPrompt(String answer) {
    assertThat(asked(answer)).isEqualTo(new Refusal());
    assertThat(unasked(answer)).isEqualTo(new Refusal());
    assertThat(asked("<prompt>" + answer + "</prompt>")).isEqualTo(new Refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A red apple lies on a table in the light. ", "一个红苹果在清晨的光里躺在桌子上。"})
  void extract_overTwoThousand_isCutAtTheLastSentenceEnd(String sentence) {
    var fitting = 2_000 / sentence.length();
    assertThat(unasked(sentence.repeat(120)))
        .isEqualTo(new Prompt(sentence.repeat(fitting).strip()));
  }

  @Test
  void extract_oneEndlessSentence_isCutAtAWord() {
    assertThat(unasked("apple ".repeat(500))).isEqualTo(new Prompt("apple ".repeat(333).strip()));
  }

  @Test
  void extract_oneEndlessWord_isCutBetweenCharacters() {
    assertThat(unasked("a" + "🍎".repeat(1_500)))
        .isInstanceOfSatisfying(
            Prompt.class,
            prompt -> assertThat(prompt.text()).hasSizeBetween(1_900, 2_000).endsWith("🍎"));
  }

  private static Extract asked(String answer) {
    return PromptExtractor.extract(new Said(answer, true), true);
  }

  private static Extract unasked(String answer) {
    return PromptExtractor.extract(new Said(answer, true), false);
  }
}
