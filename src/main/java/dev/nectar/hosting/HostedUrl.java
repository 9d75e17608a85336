package dev.nectar.hosting;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.hosting.ImageHost.Hosting.Failed;
import dev.nectar.hosting.ImageHost.Hosting.Published;
import dev.nectar.http.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the URL that a host gave to an image; it is where clients will be sent. */
final class HostedUrl {

  /** The longest that every browser, proxy and cache takes. */
  private static final int MAX_LENGTH = 2_000;

  private HostedUrl() {}

  /** Absolute as it stands. */
  static Hosting read(JsonNode text) {
    return read(text, URI::create);
  }

  /** Absolute or relative to where the image was uploaded. */
  static Hosting read(JsonNode text, UploadEndpoint endpoint) {
    return read(text, endpoint.url()::resolve);
  }

  private static Hosting read(JsonNode text, Function<String, URI> parser) {
    if (!text.isString() || text.stringValue().isBlank()) {
      return new Failed("an answer without a URL");
    }
    try {
      var url = parser.apply(text.stringValue());
      if (isWebUrl(url) && UTF_8.newEncoder().canEncode(url.toString())) {
        return published(url.toASCIIString());
      }
    } catch (IllegalArgumentException e) {
      // Not even a URL.
    }
    return new Failed("an answer with an unusable URL");
  }

  /** Whether a browser finds a host there, and no password is told. */
  private static boolean isWebUrl(URI url) {
    var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    var authority = url.getRawAuthority();
    return (scheme.equals("http") || scheme.equals("https"))
        && authority != null
        && !authority.contains("@")
        && !HostAndPort.of(url).host().isEmpty();
  }

  /** It holds neither blanks nor control characters, or it would not have been read. */
  private static Hosting published(String ascii) {
    return ascii.length() > MAX_LENGTH
        ? new Failed("an answer with a URL of %,d characters".formatted(ascii.length()))
        : new Published(URI.create(ascii));
  }
}
