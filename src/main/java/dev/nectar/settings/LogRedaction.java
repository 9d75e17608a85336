package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.net.URLEncoder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets and control characters out of whatever is logged, by us or by a library, at any
 * level.
 *
 * <p>In a logback pattern, {@code %redact(%msg)} gives one line, {@code %redact(%wEx){lines}} keeps
 * the lines of a stack trace but indents them, so that none can pass for a line of the log.
 */
public final class LogRedaction extends CompositeConverter<ILoggingEvent> {

  /** What is shorter can't be taken out without taking everything else apart. */
  private static final int SHORTEST_SECRET = 5;

  /** Any character of it may be percent-encoded, so its value is not enough to find it by. */
  private static final Pattern KEY_IN_QUERY =
      Pattern.compile("(?<name>[?&](?:key|token|sig|authCode)=)(?<value>[^&\\s]+)");

  private static final Pattern LINE_BREAK = Pattern.compile("\\R(?=.)", Pattern.DOTALL);

  private static volatile List<String> hidden = List.of();
  private static volatile Set<String> shown = Set.of();

  /** Hides these values from now on. */
  static void hide(Set<String> secrets) {
    hide(secrets, Set.of());
  }

  /**
   * Hides these values from now on.
   *
   * @param published values that anybody is told, such as a demo's key; they stay readable
   */
  static void hide(Set<String> secrets, Set<String> published) {
    shown = published;
    hidden =
        secrets.stream()
            .filter(secret -> !published.contains(secret))
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .flatMap(LogRedaction::forms)
            .distinct()
            .sorted((a, b) -> b.length() - a.length())
            .toList();
  }

  /** As it is, in a query, and in a path. */
  private static Stream<String> forms(String secret) {
    var encoded = URLEncoder.encode(secret, UTF_8);
    return Stream.of(secret, encoded, encoded.replace("+", "%20"));
  }

  /** What may be told to those who may see logs. */
  public static String withoutSecrets(String text) {
    var safe = text;
    for (var secret : hidden) {
      safe = safe.replace(secret, "****");
    }
    return KEY_IN_QUERY
        .matcher(safe)
        .replaceAll(match -> shown.contains(match.group("value")) ? "$0" : "${name}****");
  }

  @Override
  protected String transform(ILoggingEvent event, String in) {
    var text = withoutSecrets(in);
    return "lines".equals(getFirstOption())
        ? LINE_BREAK.matcher(text).replaceAll(System.lineSeparator() + "\t")
        : oneLine(text);
  }

  private static String oneLine(String text) {
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
