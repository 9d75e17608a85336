package dev.nectar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;

class AdminAccessTest {

  private final AdminAccess access =
      new AdminAccess(
          new AdminSettings("an-admin-token"), HttpServletRequest::getRemoteAddr, () -> 0L);

  private void assertRefused(String token, HttpStatus status) {
    var request = new MockHttpServletRequest();
    request.addHeader("X-Admin-Token", token);
    assertThatThrownBy(() -> access.check(request))
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            problem -> assertThat(problem.getStatusCode()).isEqualTo(status));
  }

  @Test
  void token_wrongTenTimes_isNoLongerLookedAt() {
    for (var i = 0; i < 20; i++) {
      assertRefused("", HttpStatus.UNAUTHORIZED);
    }
    for (var i = 0; i < 10; i++) {
      assertRefused("guess", HttpStatus.UNAUTHORIZED);
    }
    assertRefused("an-admin-token", HttpStatus.TOO_MANY_REQUESTS);
  }

  @Test
  void deletion_thatFailed_maySoonBeTriedAgain() {
    var problem = AdminAccess.notForgotten();

    assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    assertThat(problem.getBody().getDetail()).contains("could not be deleted");
  }
}
