package dev.nectar.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.util.ForwardedHeaderUtils;

/**
 * What links to this server begin with. The headers that proxies set are believed whoever sends
 * them: a wrong one misleads only its sender, who alone gets the link.
 */
record LinkBase(@Nullable URI publicUrl) {

  private static final String PREFIX = "X-Forwarded-Prefix";

  private static final Pattern PATH = Pattern.compile("(/[\\w.~%-]+)+");

  /** Without a slash at its end. */
  String of(HttpServletRequest request) {
    return publicUrl == null ? told(request) : withoutSlash(publicUrl.toASCIIString());
  }

  private static String told(HttpServletRequest request) {
    var port = request.getServerPort();
    var scheme = request.getScheme();
    var usual = "https".equals(scheme) ? 443 : 80;
    var asked = scheme + "://" + request.getServerName() + (port == usual ? "" : ":" + port);
    var prefix = request.getHeader(PREFIX);
    try {
      return ForwardedHeaderUtils.adaptFromForwardedHeaders(
              URI.create(asked), new ServletServerHttpRequest(request).getHeaders())
          .path(prefix != null && PATH.matcher(withoutSlash(prefix)).matches() ? prefix : "")
          .build()
          .toUriString()
          .transform(LinkBase::withoutSlash);
    } catch (IllegalArgumentException e) {
      // The headers make no URL.
      return asked;
    }
  }

  private static String withoutSlash(String text) {
    return text.replaceFirst("/+$", "");
  }
}
