package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.net.URLDecoder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of texts, and what could forge a line of the log. */
public final class LogRedaction {

  /** What is shorter can't be taken out without taking everything else apart. */
  private static final int SHORTEST_SECRET = 5;

  private static final String MASK = "****";

  /** Not in a query alone: Tomcat tells parameters without what stands before them, too. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?<![\\w%.-])(?<name>(?:[\\w-]|%[0-9A-Fa-f]{2})++)=(?<value>[^&\\s]+)");

  /** What else gives a secret away, whether or not it is one of this server's. */
  private record Sign(Pattern pattern, String replacement) {

    Sign(String pattern, String replacement) {
      this(Pattern.compile("(?i)" + pattern), replacement);
    }
  }

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              "(\\b(?:(?:proxy-)?authorization|(?:x-|x-goog-)?api-key|x-admin-token)\"?[:=,] *[\"\\[]*"
                  + "(?:(?:bearer|basic) +)?)[^\\s\",\\])]+",
              "$1" + MASK),
          // The password is a key, spelled as no other secret is (RFC 7617).
          new Sign("(\\bbasic )[A-Za-z0-9+/]{4,}+=*", "$1" + MASK),
          new Sign("(\\bbearer )[\\w.~+/-]{8,}+=*", "$1" + MASK),
          // A key that was made: only its hash is known.
          new Sign("\\bnk-[0-9A-Za-z]{16,}", MASK),
          // User info of a URL, whose signs may be percent-encoded, and again.
          new Sign(
              "(://|%(?:25)*3A%(?:25)*2F%(?:25)*2F)"
                  + "(?:(?!%(?:25)*(?:40|2F))[^/?#@\\s])++(@|%(?:25)*40)",
              "$1" + MASK + "$2"));

  /** Parameters that hold secrets, and those of others who only tried. */
  private static final Set<String> SECRET_PARAMETERS = Set.of("key", "token", "sig", "authCode");

  private static volatile Set<String> secrets = Set.of();
  private static volatile Optional<Pattern> hidden = Optional.empty();
  private static volatile Set<String> shown = Set.of();

  private LogRedaction() {}

  /** Hides these values from now on. */
  static void hide(Set<String> secrets) {
    hide(secrets, Set.of());
  }

  /**
   * Hides these values from now on.
   *
   * @param published values that anybody is told, such as a demo's key; they stay readable
   */
  static synchronized void hide(Set<String> secrets, Set<String> published) {
    LogRedaction.secrets = Set.copyOf(secrets);
    shown = published;
    var spellings =
        secrets.stream()
            .filter(secret -> !published.contains(secret))
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(SecretSpelling::of)
            .collect(joining("|"));
    hidden = spellings.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(spellings));
  }

  /** Hides one more, which became known after the settings. */
  public static synchronized void hideAlso(String secret) {
    hide(Stream.concat(secrets.stream(), Stream.of(secret)).collect(toUnmodifiableSet()), shown);
  }

  /** What may be told to those who may see logs. */
  public static String withoutSecrets(String text) {
    var safe = hidden.map(secrets -> secrets.matcher(text).replaceAll(MASK)).orElse(text);
    var told = PARAMETER.matcher(safe).replaceAll(LogRedaction::masked);
    for (var sign : SIGNS) {
      told = sign.pattern().matcher(told).replaceAll(sign.replacement());
    }
    return told;
  }

  private static String masked(MatchResult parameter) {
    var name = parameter.group("name");
    var secret =
        SECRET_PARAMETERS.contains(decoded(name)) && !shown.contains(parameter.group("value"));
    return Matcher.quoteReplacement(secret ? name + "=" + MASK : parameter.group());
  }

  /** However often it was encoded. */
  private static String decoded(String name) {
    var text = name;
    while (text.contains("%")) {
      var next = URLDecoder.decode(text, UTF_8);
      if (next.equals(text)) {
        return text;
      }
      text = next;
    }
    return text;
  }

  /** Without secrets, on one line. */
  public static String line(String text) {
    return escaped(withoutSecrets(text));
  }

  /** Without secrets; further lines are indented, so that none can pass for one of the log. */
  public static String lines(String text) {
    return withoutSecrets(text)
        .lines()
        .map(LogRedaction::escaped)
        .collect(joining(System.lineSeparator() + "\t"));
  }

  private static String escaped(String text) {
    if (text.chars().noneMatch(LogRedaction::breaksLine)) {
      return text;
    }
    var line = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(c -> {
          if (breaksLine(c)) {
            line.append("\\u%04x".formatted(c));
          } else {
            line.append((char) c);
          }
        });
    return line.toString();
  }

  /** Control characters and Unicode's own line and paragraph separators. */
  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}
