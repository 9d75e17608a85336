package dev.nectar.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Whose pages may embed images. It is the browser that names the page; a request that comes from no
 * page, or hides which one, is allowed.
 */
public final class Referers {

  private static final String SUBDOMAINS = "*.";
  private static final Pattern ENTRY =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** Browsers leave characters in paths that {@link java.net.URI} does not take. */
  private static final Pattern PAGE =
      Pattern.compile("(?i)https?://(?<host>\\[[0-9a-f:.]+]|[^/?#@:]+)(:\\d+)?([/?#].*)?");

  private final Set<String> hosts = new HashSet<>();
  private final Set<String> suffixes = new HashSet<>();

  /** Whether it is a host, or {@code *.} and one. */
  public static boolean isEntry(String text) {
    return ENTRY.matcher(text).matches();
  }

  /**
   * @param entries hosts, and {@code *.example.com} for all below {@code example.com}; none: all
   * @throws IllegalArgumentException for an entry that is neither
   */
  Referers(List<String> entries) {
    for (var entry : entries) {
      if (!ENTRY.matcher(entry).matches()) {
        throw new IllegalArgumentException("not a host: " + entry);
      }
      var host = entry.toLowerCase(Locale.ROOT);
      if (host.startsWith(SUBDOMAINS)) {
        suffixes.add(host.substring(1));
      } else {
        hosts.add(host);
      }
    }
  }

  boolean allow(HttpServletRequest request) {
    return (hosts.isEmpty() && suffixes.isEmpty())
        || Stream.of(HttpHeaders.REFERER, HttpHeaders.ORIGIN)
            .map(request::getHeader)
            .allMatch(page -> page == null || isAllowed(page, request.getServerName()));
  }

  private boolean isAllowed(String page, String ownHost) {
    var host = host(page);
    return host.equalsIgnoreCase(ownHost)
        || hosts.contains(host)
        || suffixes.stream().anyMatch(host::endsWith);
  }

  /** In lower case; empty for what names no host, as the origin {@code null} does. */
  private static String host(String page) {
    var parts = PAGE.matcher(page);
    return parts.matches() ? parts.group("host").toLowerCase(Locale.ROOT) : "";
  }
}
