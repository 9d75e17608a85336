package dev.nectar.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Lets in whoever presents the admin token; what it throws is the answer to everyone else. */
@Component
final class AdminAccess {

  private final AdminSettings settings;

  AdminAccess(AdminSettings settings) {
    this.settings = settings;
  }

  void check(HttpServletRequest request) {
    var expected = settings.token();
    if (expected == null) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "Admin operations are off: ADMIN_TOKEN is not set.");
    }
    var presented = request.getHeader("X-Admin-Token");
    if (presented == null
        || !MessageDigest.isEqual(expected.getBytes(UTF_8), presented.getBytes(UTF_8))) {
      throw new ResponseStatusException(
          HttpStatus.UNAUTHORIZED, "Give the admin token in the header X-Admin-Token.");
    }
  }

  /** To be thrown when the store did not take a deletion. */
  static ResponseStatusException notForgotten() {
    var problem =
        new ResponseStatusException(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The image could not be deleted, since the cache can't be written; it may be served"
                + " still. Try again later.");
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
    return problem;
  }
}
