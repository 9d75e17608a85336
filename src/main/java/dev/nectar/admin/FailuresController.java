package dev.nectar.admin;

import dev.nectar.backend.FailedAttempts;
import dev.nectar.backend.FailedAttempts.FailedAttempt;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells admins what back ends said when they did not paint. */
@RestController
class FailuresController {

  private final AdminAccess access;
  private final FailedAttempts failures;

  FailuresController(AdminAccess access, FailedAttempts failures) {
    this.access = access;
    this.failures = failures;
  }

  /** An attempt without a picture; its JSON has these names. */
  record Failure(
      Instant at,
      String requestId,
      String backend,
      @Nullable String model,
      String kind,
      @Nullable Integer status,
      @Nullable String code,
      @Nullable String message) {

    static Failure of(FailedAttempt failed) {
      var attempt = failed.attempt();
      return new Failure(
          failed.at(),
          failed.requestId(),
          attempt.backend(),
          attempt.model(),
          attempt.kind(),
          attempt.status() == 0 ? null : attempt.status(),
          attempt.code(),
          attempt.message().isEmpty() ? null : attempt.message());
    }
  }

  @GetMapping("/admin/failures")
  ResponseEntity<List<Failure>> list(HttpServletRequest request) {
    access.check(request);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(failures.latest().stream().map(Failure::of).toList());
  }
}
