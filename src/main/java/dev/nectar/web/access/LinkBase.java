package dev.nectar.web.access;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What links to this server begin with. The headers that proxies set are believed whoever sends
 * them: a wrong one misleads only its sender, who alone gets the link.
 */
public record LinkBase(@Nullable URI publicUrl) {

  /** What is longer is no name or path that anybody gave to a server. */
  private static final int MAX_LENGTH = 300;

  private static final Pattern SCHEME = Pattern.compile("https?");
  private static final Pattern HOST =
      Pattern.compile("(?:[\\w.-]++|\\[[0-9A-Fa-f:.]++])(?<port>:\\d{1,5})?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Pattern PREFIX = Pattern.compile("(?:/[\\w.~%-]++)++");

  /** Without a slash at its end. */
  String of(HttpServletRequest request) {
    return publicUrl == null ? told(request) : withoutSlash(publicUrl.toASCIIString());
  }

  /** All that a client may know the server by. */
  List<String> all(HttpServletRequest request) {
    return Stream.of(of(request), told(request)).distinct().toList();
  }

  private static String told(HttpServletRequest request) {
    var scheme = told(request, "X-Forwarded-Proto", SCHEME).orElse(request.getScheme());
    var host =
        told(request, "X-Forwarded-Host", HOST)
            .or(() -> told(request, HttpHeaders.HOST, HOST))
            .orElseGet(() -> request.getServerName() + ":" + request.getServerPort());
    return scheme
        + "://"
        + host
        + told(request, "X-Forwarded-Port", PORT).map(port -> port(scheme, host, port)).orElse("")
        + told(request, "X-Forwarded-Prefix", PREFIX).orElse("");
  }

  private static String port(String scheme, String host, String port) {
    var usual = "https".equals(scheme) ? "443" : "80";
    var matcher = HOST.matcher(host);
    var known = matcher.matches() && matcher.group("port") != null;
    return known || port.equals(usual) ? "" : ":" + port;
  }

  /** What the first of several proxies tells, the one that the client knows. */
  private static Optional<String> told(HttpServletRequest request, String header, Pattern form) {
    var first = requireNonNullElse(request.getHeader(header), "").split(",", 2)[0].strip();
    return Optional.of(first)
        .filter(text -> text.length() <= MAX_LENGTH)
        .map(LinkBase::withoutSlash)
        .filter(text -> form.matcher(text).matches());
  }

  private static String withoutSlash(String text) {
    var end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }
}
