package dev.nectar.http;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an OpenAI-compatible API lives, however its operator wrote it: with or without {@code /v1},
 * with or without a trailing slash.
 */
public record ApiBase(URI url) {

  /** Whether the text is an absolute http or https URL. */
  public static boolean isValid(String text) {
    try {
      var url = URI.create(text);
      var scheme = url.getScheme();
      return url.getHost() != null
          && url.getFragment() == null
          && scheme != null
          && scheme.toLowerCase(Locale.ROOT).matches("https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads a base URL.
   *
   * @throws IllegalArgumentException unless {@link #isValid}
   */
  public static ApiBase parse(String text) {
    return new ApiBase(URI.create(text));
  }

  /** The URL of an endpoint such as {@code images/generations}, without user info. */
  public URI endpoint(String path) {
    var base = url.getRawPath().replaceFirst("/+$", "");
    var version = base.endsWith("/v1") ? "" : "/v1";
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(origin() + base + version + "/" + path + query);
  }

  /** As it may be shown: without user info and query. */
  public String publicForm() {
    return origin() + url.getRawPath();
  }

  /** {@code user:password}; null if there is none. */
  public @Nullable String userInfo() {
    return url.getUserInfo();
  }

  private String origin() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }
}
