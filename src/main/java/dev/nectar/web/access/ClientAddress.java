package dev.nectar.web.access;

import dev.nectar.web.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Where a request comes from. A trusted proxy tells for whom it asks, and so on from the last hop
 * to the first; whoever is not trusted is the client, whatever it tells.
 */
final class ClientAddress implements TrustedProxies {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** Some proxies add the port that they saw. */
  private static final Pattern HOP =
      Pattern.compile("\\[(?<bracketed>[^]]*)](:\\d+)?|(?<dotted>[\\d.]+):\\d+|(?<bare>.*)");

  /** Of a client that is gone already. */
  private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

  private final InetAddressFilter trusted;

  /**
   * @param trustedProxies addresses, and networks such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException for an entry that is neither
   */
  ClientAddress(List<String> trustedProxies) {
    this.trusted = InetAddressFilter.of(trustedProxies.toArray(String[]::new));
  }

  @Override
  public boolean trust(InetAddress address) {
    return trusted.matches(address);
  }

  InetAddress of(HttpServletRequest request) {
    var client = parse(request.getRemoteAddr()).orElse(UNKNOWN);
    if (!trusted.matches(client)) {
      return client;
    }
    var headers = Collections.list(request.getHeaders(FORWARDED_FOR));
    for (var hop : List.of(String.join(",", headers).split(",", -1)).reversed()) {
      var told = parse(hop.strip());
      if (told.isEmpty()) {
        // Nobody says who wrote what stands before it.
        return client;
      }
      client = told.get();
      if (!trusted.matches(client)) {
        return client;
      }
    }
    return client;
  }

  private static Optional<InetAddress> parse(@Nullable String hop) {
    var parts = HOP.matcher(hop == null ? "" : hop);
    if (!parts.matches()) {
      return Optional.empty();
    }
    for (var form : List.of("bracketed", "dotted", "bare")) {
      var literal = parts.group(form);
      if (literal != null) {
        return literal(literal);
      }
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
