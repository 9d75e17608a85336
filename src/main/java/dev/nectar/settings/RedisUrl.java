package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Where a Redis is and how to be let in: {@code redis://[[user]:password@]host[:port][/database]},
 * or {@code rediss://} for TLS.
 *
 * @param user null: the default one
 * @param password null: none is asked for
 */
public record RedisUrl(
    boolean tls,
    @Nullable String user,
    @Nullable String password,
    String host,
    int port,
    int database) {

  private static final int USUAL_PORT = 6379;

  private static final Pattern FORM =
      Pattern.compile(
          "redis(?<tls>s?)://"
              + "(?:(?:(?<user>[^:/?#@,\\s]*):)?(?<password>[^/?#@,\\s]*)@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:/?#@,\\s\\[\\]]+)"
              + "(?::(?<port>\\d{1,5}))?"
              + "(?:/(?<database>\\d{0,5}))?");

  /** Empty if the text is anything else. */
  public static Optional<RedisUrl> parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var port = number(parts.group("port"), USUAL_PORT);
    if (port == 0 || port > 65_535) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RedisUrl(
              !parts.group("tls").isEmpty(),
              decoded(parts.group("user")),
              decoded(parts.group("password")),
              parts.group("host").replaceAll("[\\[\\]]", ""),
              port,
              number(parts.group("database"), 0)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int number(@Nullable String digits, int unlessTold) {
    return digits == null || digits.isEmpty() ? unlessTold : Integer.parseInt(digits);
  }

  /** Null if there is nothing; an incomplete escape throws an IllegalArgumentException. */
  private static @Nullable String decoded(@Nullable String part) {
    var text = StringUtils.uriDecode(Objects.requireNonNullElse(part, ""), UTF_8);
    return text.isEmpty() ? null : text;
  }

  /** Without what lets one in. */
  @Override
  public String toString() {
    return "redis%s://%s:%d/%d".formatted(tls ? "s" : "", host, port, database);
  }
}
