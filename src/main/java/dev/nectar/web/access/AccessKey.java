package dev.nectar.web.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.InvalidImageRequestException;
import dev.nectar.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The key that clients present: as the parameter {@code key} or, as Pollinations has it, {@code
 * token}; as a bearer token; or, as Azure has it, in the header {@code api-key}.
 */
final class AccessKey {

  private static final String BEARER = "Bearer ";

  private final byte[] expected;

  AccessKey(String expected) {
    this.expected = expected.getBytes(UTF_8);
  }

  /** Whether the request presents the key; how long that takes tells nothing of it. */
  boolean opens(HttpServletRequest request, QueryParameters parameters) {
    return matches(parameter(parameters, "key"))
        || matches(parameter(parameters, "token"))
        || matches(bearer(request))
        || matches(request.getHeader("api-key"));
  }

  private boolean matches(@Nullable String presented) {
    return presented != null && MessageDigest.isEqual(expected, presented.getBytes(UTF_8));
  }

  private static @Nullable String parameter(QueryParameters parameters, String name) {
    try {
      return parameters.get(name);
    } catch (InvalidImageRequestException e) {
      return null;
    }
  }

  private static @Nullable String bearer(HttpServletRequest request) {
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : null;
  }
}
