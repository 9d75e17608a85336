package dev.nectar.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The key that clients present: as the parameter {@code key} or, as Pollinations has it, {@code
 * token}; as a bearer token (RFC 6750) or as the password of whatever user (RFC 7617); or in the
 * header {@code api-key}, as Azure has it, or {@code x-api-key}.
 */
final class AccessKey {

  private static final String BEARER = "Bearer";
  private static final String BASIC = "Basic";

  private final byte[] expected;

  AccessKey(String expected) {
    this.expected = expected.getBytes(UTF_8);
  }

  /** Whether the request presents the key; how long that takes tells nothing of it. */
  boolean opens(HttpServletRequest request, QueryParameters parameters) {
    return presented(request, parameters).anyMatch(this::matches);
  }

  private boolean matches(String presented) {
    return MessageDigest.isEqual(expected, presented.getBytes(UTF_8));
  }

  /** All that a request presents as its key. */
  static Stream<String> presented(HttpServletRequest request, QueryParameters parameters) {
    return Stream.of(
            parameter(parameters, "key"),
            parameter(parameters, "token"),
            credentials(BEARER, request),
            password(request),
            request.getHeader("api-key"),
            request.getHeader("x-api-key"))
        .filter(Objects::nonNull);
  }

  private static @Nullable String parameter(QueryParameters parameters, String name) {
    try {
      return parameters.get(name);
    } catch (InvalidImageRequestException e) {
      return null;
    }
  }

  private static @Nullable String password(HttpServletRequest request) {
    var encoded = credentials(BASIC, request);
    if (encoded == null) {
      return null;
    }
    try {
      var userAndPassword = new String(Base64.getDecoder().decode(encoded), UTF_8);
      var colon = userAndPassword.indexOf(':');
      return colon < 0 ? null : userAndPassword.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What follows the scheme's name; null if the header names another scheme, or none. */
  private static @Nullable String credentials(String scheme, HttpServletRequest request) {
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)
        ? header.substring(scheme.length()).strip()
        : null;
  }
}
