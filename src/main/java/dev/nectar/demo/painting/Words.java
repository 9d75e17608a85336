package dev.nectar.demo.painting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The prompt's words in their order, lower case. */
record Words(List<String> all) {

  private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

  static Words of(String prompt) {
    return new Words(
        NO_LETTERS
            .splitAsStream(prompt.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  boolean names(String... any) {
    return List.of(any).stream().anyMatch(word -> all.contains(word) || all.contains(plural(word)));
  }

  boolean namesMany(String word) {
    return all.contains(plural(word));
  }

  /** The first of the values that one of the words stands for, in the order of the words. */
  <T> Optional<T> first(Map<String, T> meanings) {
    return all.stream()
        .flatMap(word -> Optional.ofNullable(meanings.get(word)).stream())
        .findFirst();
  }

  private static String plural(String word) {
    return word.endsWith("y")
        ? word.substring(0, word.length() - 1) + "ies"
        : word + (word.endsWith("ch") ? "es" : "s");
  }
}
