package dev.nectar.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Files whose URLs somebody else names: fetched over http or https, from public addresses only, at
 * every redirect again.
 */
public final class RemoteFiles implements AutoCloseable {

  private static final int MAX_REDIRECTS = 5;

  /** Two pools: a connection made under an exemption never serves a call without it. */
  private final HttpCalls open;

  private final HttpCalls guarded;

  public RemoteFiles(int maxConnections) {
    this(maxConnections, SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * @param maxConnections at once, to public and to exempt places each
   */
  public RemoteFiles(int maxConnections, DnsResolver dns) {
    this.open = new HttpCalls(maxConnections, dns);
    this.guarded = new HttpCalls(maxConnections, new AddressGuard(dns));
  }

  /** Fetches a file without any token, as the other {@code fetch} does. */
  public <T> T fetch(
      URI url, Predicate<HostAndPort> exempt, Deadline deadline, BodyReader<T> reader)
      throws IOException {
    return fetch(url, exempt, _ -> Map.of(), deadline, (bytes, _) -> reader.read(bytes));
  }

  /**
   * Fetches a file, over at most five redirects.
   *
   * @param exempt places that may have any address
   * @param credentials headers to come back with where a URL is answered by 401 or 403; no other
   *     gets them
   * @throws UnexpectedStatusException if the status is neither a success nor a redirect
   * @throws BlockedAddressException if a hop has an address that is not public
   * @throws IOException if the URL or a redirect is none to follow, or the call fails
   */
  public <T> T fetch(
      URI url,
      Predicate<HostAndPort> exempt,
      Function<URI, Map<String, String>> credentials,
      Deadline deadline,
      FileReader<T> reader)
      throws IOException {
    var next = url;
    for (var redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      var here = next;
      var calls = exempt.test(place(here)) ? open : guarded;
      var hop = calls.call(get(here, Map.of()), deadline, answer -> read(answer, here, reader));
      if (hop instanceof Denied<T> && !credentials.apply(here).isEmpty()) {
        var get = get(here, credentials.apply(here));
        hop = calls.call(get, deadline, answer -> read(answer, here, reader));
      }
      switch (hop) {
        case Arrived<T>(var file) -> {
          return file;
        }
        case Moved<T>(var location) -> next = location;
        case Denied<T>(var status) -> throw new UnexpectedStatusException(status);
      }
    }
    throw new IOException("more than %d redirects".formatted(MAX_REDIRECTS));
  }

  private static HttpGet get(URI url, Map<String, String> headers) {
    var get = new HttpGet(url);
    headers.forEach(get::setHeader);
    return get;
  }

  private static HostAndPort place(URI url) throws IOException {
    var scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      throw new IOException("a URL that is neither http nor https");
    }
    var authority = url.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      throw new IOException("a URL with user info");
    }
    try {
      return HostAndPort.of(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("a URL without a readable host", e);
    }
  }

  private static <T> Hop<T> read(ClassicHttpResponse answer, URI url, FileReader<T> reader)
      throws IOException {
    var status = answer.getCode();
    return switch (status) {
      case 301, 302, 303, 307, 308 -> new Moved<>(location(answer, url));
      case 401, 403 -> new Denied<>(status);
      default -> {
        if (status < 200 || status > 299) {
          throw new UnexpectedStatusException(status);
        }
        try (var bytes = ContentCoding.decoded(answer)) {
          yield new Arrived<>(reader.read(bytes, mediaType(answer)));
        }
      }
    };
  }

  private static @Nullable String mediaType(ClassicHttpResponse answer) {
    var type = answer.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    return type == null
        ? null
        : type.getValue().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static URI location(ClassicHttpResponse answer, URI url) throws IOException {
    var location = answer.getFirstHeader(HttpHeaders.LOCATION);
    if (location == null || location.getValue().isEmpty()) {
      throw new IOException("a redirect to nowhere");
    }
    try {
      return resolve(url, location.getValue());
    } catch (IllegalArgumentException e) {
      throw new IOException("a redirect to no URL", e);
    }
  }

  /** As RFC 3986 has it; {@link URI} itself errs about an empty path and a query alone. */
  private static URI resolve(URI url, String reference) {
    var base = url.getRawPath().isEmpty() ? url.resolve("/") : url;
    return reference.startsWith("?")
        ? URI.create(base.toString().replaceFirst("[?#].*", "") + reference)
        : base.resolve(reference);
  }

  private sealed interface Hop<T> {}

  private record Arrived<T>(T file) implements Hop<T>, AutoCloseable {

    @Override
    public void close() {
      HttpCalls.discard(file);
    }
  }

  private record Moved<T>(URI location) implements Hop<T> {}

  private record Denied<T>(int status) implements Hop<T> {}

  @Override
  public void close() {
    open.close();
    guarded.close();
  }
}
