package dev.nectar.backend.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a client said, which is no evidence of what a back end says that repeats it.
 *
 * @param values in lower case
 */
record Echoes(List<String> values) {

  /** Shorter ones stand in many a message by chance. */
  private static final int MIN_LENGTH = 4;

  /** As texts; the longest is taken out first. */
  static Echoes of(Collection<?> sent) {
    return new Echoes(
        sent.stream()
            .map(value -> normal(value.toString()))
            .filter(value -> value.length() >= MIN_LENGTH)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  /** In lower case, white space of any kind and length as a blank. */
  static String normal(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  /** Whether this is part of a value. */
  boolean contain(String text) {
    return values.stream().anyMatch(value -> value.contains(text));
  }

  /**
   * What is said apart from them.
   *
   * @param text in lower case, a line a message
   * @param others those that are not repeated as a whole, but may be in part
   */
  record Rest(String text, Echoes others) {}

  /** Takes the values, as whole words, out of messages. */
  Rest takenOutOf(List<String> messages) {
    var rest = messages.stream().map(Echoes::normal).collect(Collectors.joining("\n"));
    var others = new ArrayList<String>();
    for (var value : values) {
      var without = without(rest, value);
      if (without.equals(rest)) {
        others.add(value);
      }
      rest = without;
    }
    return new Rest(rest, new Echoes(List.copyOf(others)));
  }

  private static String without(String message, String value) {
    var rest = new StringBuilder();
    var from = 0;
    for (var at = message.indexOf(value); at >= 0; at = message.indexOf(value, at + 1)) {
      var end = at + value.length();
      if (at >= from && isEdge(message, at) && isEdge(message, end)) {
        rest.append(message, from, at).append(' ');
        from = end;
      }
    }
    return from == 0 ? message : rest.append(message, from, message.length()).toString();
  }

  /** Whether no word of a script with blanks between its words goes on here. */
  private static boolean isEdge(String text, int at) {
    return at == 0
        || at == text.length()
        || !(isWord(text.charAt(at - 1)) && isWord(text.charAt(at)));
  }

  private static boolean isWord(char c) {
    return c == '_' || (c < 0x2e80 && Character.isLetterOrDigit(c));
  }
}
