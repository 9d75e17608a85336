package dev.nectar.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.web.Clients;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ResponseStatusException;

/** Lets in whoever presents the admin token; what it throws is the answer to everyone else. */
final class AdminAccess {

  private final AdminSettings settings;
  private final Clients clients;
  private final WrongTokens wrongTokens;

  AdminAccess(AdminSettings settings, Clients clients, Ticker ticker) {
    this.settings = settings;
    this.clients = clients;
    this.wrongTokens = new WrongTokens(ticker);
  }

  void check(HttpServletRequest request) {
    var expected = settings.token();
    if (expected == null) {
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "Admin operations are off: ADMIN_TOKEN is not set.");
    }
    var client = clients.network(request);
    wrongTokens
        .refusal(client)
        .ifPresent(left -> {
          throw tooManyWrong(left);
        });
    var presented = request.getHeader("X-Admin-Token");
    if (presented == null || presented.isEmpty()) {
      throw unauthorized();
    }
    if (!MessageDigest.isEqual(expected.getBytes(UTF_8), presented.getBytes(UTF_8))) {
      wrongTokens.add(client);
      throw unauthorized();
    }
    Audit.admit(request);
  }

  private static ResponseStatusException unauthorized() {
    return new ResponseStatusException(
        HttpStatus.UNAUTHORIZED, "Give the admin token in the header X-Admin-Token.");
  }

  private static ErrorResponseException tooManyWrong(Duration left) {
    // Rounded up, so that whoever waits as long as told is let in.
    var seconds = left.plusMillis(999).toSeconds();
    return later(
        HttpStatus.TOO_MANY_REQUESTS,
        "Too many wrong admin tokens came from this address. Try again in %d s.".formatted(seconds),
        seconds);
  }

  /** To be thrown when the store did not take a deletion. */
  static ErrorResponseException notForgotten() {
    return later(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The image could not be deleted, since the cache can't be written; it may be served"
            + " still. Try again later.",
        5);
  }

  /** To be thrown when the ledger can't be read or did not take a change. */
  static ErrorResponseException ledgerFailed() {
    return later(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The ledger can't be read or written now. Try again later.",
        5);
  }

  private static ErrorResponseException later(HttpStatus status, String detail, long seconds) {
    var problem = new ErrorResponseException(status);
    problem.setDetail(detail);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return problem;
  }
}
