package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.http.Deadline;
import dev.nectar.http.HostAndPort;
import dev.nectar.http.HttpFaults;
import dev.nectar.http.RemoteFiles;
import dev.nectar.http.UnexpectedStatusException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Pictures that a back end only names. */
final class Links {

  /** What a URL holds as it is, but for {@code %}, RFC 3986; brackets only around an address. */
  private static final String LEGAL = "-._~:/?#@!$&'()*+,;=";

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  /** The scheme and authority, in which brackets may stand. */
  private static final Pattern ORIGIN = Pattern.compile("(?i)(?:https?:)?//[^/?#\\s]*");

  private static final Pattern QUERY = Pattern.compile("[?#].*");

  private final URI base;
  private final Predicate<HostAndPort> exempt;
  private final Map<String, String> credentials;
  private final RemoteFiles files;
  private final StagingArea staging;

  /**
   * @param base what links are relative to
   * @param credentials headers for the base's own scheme, host and port, where they are asked for
   */
  Links(URI base, Map<String, String> credentials, Exchange exchange) {
    this.base = base;
    this.exempt = exchange.allowedHosts().or(HostAndPort.of(base)::equals);
    this.credentials = credentials;
    this.files = exchange.files();
    this.staging = exchange.staging();
  }

  /**
   * Fetches a picture.
   *
   * @param link as the back end wrote it
   */
  StagedImage fetch(String link, Deadline deadline) throws IOException {
    return files.fetch(resolved(link), exempt, this::credentials, deadline, this::stage);
  }

  private StagedImage stage(InputStream bytes, @Nullable String mediaType) throws IOException {
    try {
      return staging.stage(bytes);
    } catch (NotAnImageException e) {
      throw new IOException(HttpFaults.notAPicture(String.valueOf(mediaType)), e);
    }
  }

  private Map<String, String> credentials(URI url) {
    return isOwn(url) ? credentials : Map.of();
  }

  private boolean isOwn(URI url) {
    return base.getScheme().equalsIgnoreCase(url.getScheme())
        && HostAndPort.of(url).equals(HostAndPort.of(base));
  }

  URI resolved(String link) throws IOException {
    try {
      var reference = escaped(link.strip());
      // Java resolves a mere query as RFC 2396 has it: without the last segment of the path.
      return reference.startsWith("?")
          ? URI.create(QUERY.matcher(base.toString()).replaceFirst("") + reference)
          : base.resolve(reference);
    } catch (IllegalArgumentException e) {
      throw new IOException("a malformed URL", e);
    }
  }

  private static String escaped(String link) {
    var origin = ORIGIN.matcher(link);
    var bare = origin.lookingAt() ? origin.end() : 0;
    var escaped = new StringBuilder(link.substring(0, bare));
    for (var at = bare; at < link.length(); ) {
      var c = link.codePointAt(at);
      if (isLegal(c) || (c == '%' && ESCAPE.matcher(link).region(at, link.length()).lookingAt())) {
        escaped.appendCodePoint(c);
      } else {
        for (var b : Character.toString(c).getBytes(UTF_8)) {
          escaped.append("%%%02X".formatted(b));
        }
      }
      at += Character.charCount(c);
    }
    return escaped.toString();
  }

  private static boolean isLegal(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || LEGAL.indexOf(c) >= 0);
  }

  /** Whether the same may succeed a little later. */
  static boolean isTransient(IOException fault) {
    return switch (fault) {
      case UnexpectedStatusException unexpected ->
          switch (unexpected.status()) {
            case 404, 408, 425, 429 -> true;
            default -> unexpected.status() >= 500;
          };
      case SocketException _,
          SocketTimeoutException _,
          ConnectionClosedException _,
          NoHttpResponseException _,
          EOFException _ ->
          true;
      default -> false;
    };
  }
}
