package dev.nectar.backend;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a client wrote, which a back end may quote.
 *
 * @param texts whole values
 * @param words of these, in lower case
 */
record QuotableWords(List<String> texts, Set<String> words) {

  /** Shorter ones are everybody's. */
  private static final int SHORTEST = 4;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

  private static final String GAP = "…";

  static QuotableWords of(PaintRequest request) {
    var texts =
        Stream.of(
                Stream.of(request.prompt()),
                Stream.ofNullable(request.model()),
                request.extras().texts().values().stream())
            .flatMap(values -> values)
            .filter(text -> text.length() >= SHORTEST)
            .toList();
    var words =
        texts.stream()
            .flatMap(text -> WORD.matcher(text).results())
            .map(word -> word.group().toLowerCase(Locale.ROOT))
            .filter(word -> word.length() >= SHORTEST)
            .collect(toUnmodifiableSet());
    return new QuotableWords(texts, words);
  }

  /** The message with a gap in the place of each of them. */
  String takenOutOf(String message) {
    var left = message;
    for (var text : texts) {
      left = left.replace(text, GAP);
    }
    return WORD.matcher(left)
        .replaceAll(word -> words.contains(word.group().toLowerCase(Locale.ROOT)) ? GAP : "$0");
  }
}
