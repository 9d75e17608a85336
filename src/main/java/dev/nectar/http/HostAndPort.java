package dev.nectar.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.hc.core5.net.URIAuthority;

/**
 * Where a URL leads.
 *
 * @param host in lower case; an IPv6 literal without brackets, in its one full form
 */
public record HostAndPort(String host, int port) {

  public HostAndPort {
    host = canonical(host);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("an empty host");
    }
  }

  /**
   * The host and port of an http or https URL, the scheme's own port if it names none.
   *
   * @throws IllegalArgumentException for any other URL
   */
  public static HostAndPort of(URI url) {
    var authority = authority(url);
    var port = authority.getPort();
    return new HostAndPort(authority.getHostName(), port >= 0 ? port : defaultPort(url));
  }

  /** As the HTTP client reads it: names that {@link URI} finds no host in, with {@code _}, too. */
  private static URIAuthority authority(URI url) {
    if (url.getHost() != null) {
      return new URIAuthority(url.getHost(), url.getPort());
    }
    if (url.getRawAuthority() == null) {
      throw new IllegalArgumentException("a URL without a host");
    }
    try {
      return URIAuthority.create(url.getRawAuthority());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a URL without a host", e);
    }
  }

  private static int defaultPort(URI url) {
    return switch (String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> throw new IllegalArgumentException("a URL that is neither http nor https");
    };
  }

  static String canonical(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.contains(":") ? InetAddress.ofLiteral(name).getHostAddress() : name;
  }
}
