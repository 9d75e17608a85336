package dev.nectar.prompt;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the prompt in what an LLM says. */
final class PromptExtractor {

  private static final int MIN_LENGTH = 5;
  private static final int MAX_LENGTH = 2_000;

  private static final Pattern OPENING = Pattern.compile("<prompt>", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOSING = Pattern.compile("</prompt>", Pattern.CASE_INSENSITIVE);

  private static final Pattern FENCE =
      Pattern.compile("\\A```[^\\n`]*\\n?(.*?)```.*\\z", Pattern.DOTALL);
  private static final Pattern LABEL =
      Pattern.compile(
          "\\A(?:here(?:'s| is| are)[^:\\n]{0,60}|(?:the )?(?:enhanced|optimi[sz]ed|improved|refined|rewritten|revised|safe|safer|final|new|image)"
              + "(?: (?:image|version of the|safe))? ?prompt|prompt|output|result|answer)\\s*:\\s*",
          Pattern.CASE_INSENSITIVE);

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
    var text = answer;
    String before;
    do {
      before = text;
      text = text.strip();
      text = FENCE.matcher(text).replaceFirst("$1").strip();
      text = unwrapped(text);
      text = LABEL.matcher(text).replaceFirst("").strip();
    } while (!text.equals(before));
    return text;
  }

  private static String unwrapped(String text) {
    for (var pair : new String[] {"**", "__", "\"", "'", "`", "“”", "‘’", "«»", "「」"}) {
      var open = pair.equals("**") || pair.equals("__") ? pair : pair.substring(0, 1);
      var close = pair.equals("**") || pair.equals("__") ? pair : pair.substring(pair.length() - 1);
      if (text.length() >= open.length() + close.length()
          && text.startsWith(open)
          && text.endsWith(close)) {
        return text.substring(open.length(), text.length() - close.length());
      }
      if (open.equals("**") && text.startsWith("**") && text.indexOf("**", 2) > 0) {
        var end = text.indexOf("**", 2);
        var label = text.substring(2, end);
        if (LABEL.matcher(label.endsWith(":") ? label : label + ":").matches()) {
          return label.replaceFirst(":$", "")
              + ":"
              + text.substring(end + 2).replaceFirst("^\\s*:", "");
        }
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
