package dev.nectar.http;

import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * Files whose URLs somebody else names: fetched over http or https, without any token, from public
 * addresses only, at every redirect again.
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

  /**
   * Fetches a file, over at most five redirects.
   *
   * @param exempt places that may have any address
   * @throws UnexpectedStatusException if the status is neither a success nor a redirect
   * @throws BlockedAddressException if a hop has an address that is not public
   * @throws IOException if the URL or a redirect is none to follow, or the call fails
   */
  public <T> T fetch(
      URI url, Predicate<HostAndPort> exempt, Deadline deadline, BodyReader<T> reader)
      throws IOException {
    var next = url;
    for (var redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      var here = next;
      var calls = exempt.test(place(here)) ? open : guarded;
      switch (calls.call(new HttpGet(here), deadline, answer -> read(answer, here, reader))) {
        case Arrived<T>(var file) -> {
          return file;
        }
        case Moved<T>(var location) -> next = location;
      }
    }
    throw new IOException("more than %d redirects".formatted(MAX_REDIRECTS));
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

  private static <T> Hop<T> read(ClassicHttpResponse answer, URI url, BodyReader<T> reader)
      throws IOException {
    var status = answer.getCode();
    return switch (status) {
      case 301, 302, 303, 307, 308 -> new Moved<>(location(answer, url));
      default -> {
        if (status < 200 || status > 299) {
          throw new UnexpectedStatusException(status);
        }
        yield new Arrived<>(reader.read(HttpCalls.body(answer)));
      }
    };
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

  @Override
  public void close() {
    open.close();
    guarded.close();
  }
}
