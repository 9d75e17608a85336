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

  private static final Pattern OPENING = Pattern.compile("<prompt>", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOSING = Pattern.compile("</prompt>", Pattern.CASE_INSENSITIVE);

  private static final Pattern FENCE =
      Pattern.compile("\\A```[^\\n`]*+\\n?(.*?)```.*\\z", Pattern.DOTALL);

  /**
   * "Enhanced prompt:", "**Prompt**:", "Here is the improved version of the prompt:" and the like.
   */
  private static final Pattern LABEL =
      Pattern.compile(
          "\\A[*_#\\s]*+(?:(?:sure|certainly|okay|ok)[,.!]?\\s+)?"
              + "(?:here(?:'s|’s| is| are)\\b[^:\\n]{0,80}"
              + "|(?:(?:the|your|my)\\s+)?(?:\\w+\\s+){0,3}prompt|output|result|answer)"
              + "[*_]*\\s*:[*_]*\\s*",
          Pattern.CASE_INSENSITIVE);

  private record Wrapping(String open, String close) {}

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

  /** The prompt, 5 to 2,000 characters; empty if there is none. */
  static Optional<String> extract(String answer) {
    var text = tagged(answer).orElseGet(() -> bare(answer)).strip();
    return text.length() < MIN_LENGTH ? Optional.empty() : Optional.of(shortened(text));
  }

  /** What stands in the last pair of tags. */
  private static Optional<String> tagged(String answer) {
    var closing = last(CLOSING, answer, answer.length());
    var opening = closing < 0 ? -1 : last(OPENING, answer, closing);
    return opening < 0
        ? Optional.empty()
        : Optional.of(answer.substring(opening + "<prompt>".length(), closing));
  }

  private static int last(Pattern pattern, String text, int end) {
    return pattern
        .matcher(text.substring(0, end))
        .results()
        .mapToInt(match -> match.start())
        .max()
        .orElse(-1);
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
      var marks = wrapping.open().length() + wrapping.close().length();
      if (text.length() >= marks
          && text.startsWith(wrapping.open())
          && text.endsWith(wrapping.close())) {
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
    return text.substring(0, end < MIN_LENGTH ? MAX_LENGTH : end).strip();
  }
}
