package dev.nectar.prompt;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the prompt in what an LLM says. */
final class PromptExtractor {

  private static final int MIN_LENGTH = 5;
  private static final int MAX_LENGTH = 2_000;

  /** Of fences, labels, marks and quotes; an answer of quotes alone has half a million. */
  private static final int MAX_LAYERS = 10;

  /** No label is longer; a search beyond takes as long as the answer is, squared. */
  private static final int MAX_LABEL_LENGTH = 200;

  private static final Pattern TAG = Pattern.compile("<(/?)prompt>", Pattern.CASE_INSENSITIVE);

  /** What comes after it is talk. */
  private static final Pattern FENCE =
      Pattern.compile("\\A```(?:[\\w+-]*\\n)?(.*?)(?:```.*)?\\z", Pattern.DOTALL);

  /**
   * "Enhanced prompt:", "**Prompt**:", "Here is the improved version of the prompt:", a heading
   * "Optimized prompt", "优化后的提示词：" and the like.
   */
  private static final Pattern LABEL =
      Pattern.compile(
          "\\A[*_#\\s]*+(?:(?:sure|certainly|okay|ok)[,.!]?\\s+)?"
              + "(?:here(?:'s|’s| is| are)\\b[^:：\\n]{0,80}(?=[:：])"
              + "|(?:(?:the|your|my)\\s+)?(?:\\w+\\s+){0,3}prompt|output|result|answer"
              + "|(?:(?:enhanced|improved|optimi[sz]ed|rewritten|revised|refined|new|final)\\s+){1,3}"
              + "(?:description|version)"
              + "|[\\p{IsHan}]{0,8}(?:提示词|提示詞|提示|描述))"
              + "[*_]*(?:\\s*[:：][*_]*\\s*|\\s*\\n\\s*)",
          Pattern.CASE_INSENSITIVE);

  private record Wrapping(String open, String close) {

    /**
     * Not so where the mark at the start closes further on: {@code "Rise" in neon, "Fall" in ink}.
     */
    boolean surrounds(String text) {
      var end = text.length() - close.length();
      if (end < open.length() || !text.startsWith(open) || !text.endsWith(close)) {
        return false;
      }
      var depth = 1;
      for (var at = open.length(); depth > 0 && at < end; at++) {
        if (text.startsWith(close, at) && closes(text, at, at + close.length())) {
          depth--;
        } else if (text.startsWith(open, at) && Character.isWhitespace(text.charAt(at - 1))) {
          depth++;
        }
      }
      return depth > 0;
    }

    /** An apostrophe does not, being within a word. */
    private static boolean closes(String text, int start, int end) {
      return !Character.isWhitespace(text.charAt(start - 1))
          && !Character.isLetterOrDigit(text.charAt(end));
    }
  }

  private static final List<Wrapping> WRAPPINGS =
      List.of(
          new Wrapping("**", "**"),
          new Wrapping("__", "__"),
          new Wrapping("\"", "\""),
          new Wrapping("'", "'"),
          new Wrapping("`", "`"),
          new Wrapping("“", "”"),
          new Wrapping("‘", "’"),
          new Wrapping("«", "»"),
          new Wrapping("「", "」"));

  private PromptExtractor() {}

  /** What an answer comes to. */
  sealed interface Extract {

    /** Of 5 to 2,000 characters. */
    record Prompt(String text) implements Extract {}

    record Refusal() implements Extract {}

    /** Nothing of use, or no more than a part of it. */
    record Nothing() implements Extract {}
  }

  /**
   * The prompt in an answer.
   *
   * @param tagsAsked whether it was to be put between tags: then, without them, there is none
   */
  static Extract extract(ChatAnswer.Said answer, boolean tagsAsked) {
    var tagged = tagged(answer.text());
    var text = tagged.orElseGet(() -> bare(answer.text())).strip();
    if (Refusals.isOne(bare(text))) {
      return new Extract.Refusal();
    }
    var isWhole = tagged.isPresent() || (answer.whole() && !tagsAsked);
    return isWhole && text.length() >= MIN_LENGTH
        ? new Extract.Prompt(shortened(text))
        : new Extract.Nothing();
  }

  /** What stands in the last pair of tags. */
  private static Optional<String> tagged(String answer) {
    var tag = TAG.matcher(answer);
    var opened = -1;
    String last = null;
    while (tag.find()) {
      if (tag.group(1).isEmpty()) {
        opened = tag.end();
      } else if (opened >= 0) {
        last = answer.substring(opened, tag.start());
        opened = -1;
      }
    }
    return Optional.ofNullable(last);
  }

  /**
   * Without fences, labels, marks and quotes, in whatever order they are laid around the prompt.
   */
  private static String bare(String answer) {
    var text = answer.strip();
    for (var layer = 0; layer < MAX_LAYERS; layer++) {
      var before = text;
      text = FENCE.matcher(text).replaceFirst("$1").strip();
      text = unwrapped(text).strip();
      text = withoutLabel(text).strip();
      if (text.equals(before)) {
        break;
      }
    }
    return text;
  }

  private static String withoutLabel(String text) {
    var label = LABEL.matcher(text).region(0, Math.min(text.length(), MAX_LABEL_LENGTH));
    return label.find() ? text.substring(label.end()) : text;
  }

  private static String unwrapped(String text) {
    for (var wrapping : WRAPPINGS) {
      if (wrapping.surrounds(text)) {
        return text.substring(wrapping.open().length(), text.length() - wrapping.close().length());
      }
    }
    return text;
  }

  /**
   * Cut at the last end of a sentence that fits; of a single endless sentence, at the last word.
   */
  private static String shortened(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    var sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(text);
    var end = sentences.preceding(MAX_LENGTH + 1);
    if (end < MIN_LENGTH) {
      var words = BreakIterator.getWordInstance(Locale.ROOT);
      words.setText(text);
      end = words.preceding(MAX_LENGTH + 1);
    }
    return text.substring(0, end < MIN_LENGTH ? wholeCharacters(text) : end).strip();
  }

  private static int wholeCharacters(String text) {
    return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
  }
}
