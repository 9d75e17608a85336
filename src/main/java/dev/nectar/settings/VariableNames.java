package dev.nectar.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The variables that there are.
 *
 * @param known in capitals
 */
record VariableNames(Set<String> known) {

  /** So many letters may hold one slip. */
  private static final int LETTERS_A_SLIP = 4;

  /**
   * What others read from a .env beside this server: Compose and its files, Spring Boot, the JVM,
   * the C library, OpenTelemetry.
   */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "(?:COMPOSE|DOCKER|GATEWAY|SPRING|SERVER|LOGGING|MANAGEMENT|JAVA|JDK|OTEL|LC)_\\w+|LANG|TZ");

  /** What to say of names in a file that is there for this server. */
  Stream<String> unknown(Collection<String> names) {
    return names.stream()
        .filter(name -> !known.contains(name))
        .flatMap(
            name -> meantBy(name).map(meant -> question(name, meant)).or(() -> odd(name)).stream());
  }

  private static Optional<String> odd(String name) {
    return OF_OTHERS.matcher(name).matches() ? Optional.empty() : Optional.of(nothing(name));
  }

  /** What to say of names among those of everybody. */
  Stream<String> misspelled(Collection<String> names) {
    return names.stream()
        .sorted()
        .flatMap(name -> meantBy(name).map(meant -> question(name, meant)).stream());
  }

  private static String question(String name, String meant) {
    return "%s Is %s meant?".formatted(nothing(name), meant);
  }

  private static String nothing(String name) {
    return "'%s' sets nothing of this server.".formatted(name);
  }

  /** Empty if the name is known, or resembles none that is. */
  Optional<String> meantBy(String name) {
    if (known.contains(name)) {
      return Optional.empty();
    }
    var upper = name.toUpperCase(Locale.ROOT);
    return known.stream()
        .filter(other ->
            distance(upper, other) <= Math.max(upper.length(), other.length()) / LETTERS_A_SLIP)
        .min(
            Comparator.<String>comparingInt(other -> distance(upper, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's: letters to add, to take away or to change. */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (var column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (var line = 1; line <= one.length(); line++) {
      var diagonal = row[0];
      row[0] = line;
      for (var column = 1; column < row.length; column++) {
        var changed = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(changed, Math.min(row[column - 1], diagonal) + 1);
      }
    }
    return row[row.length - 1];
  }
}
