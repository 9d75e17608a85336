package dev.nectar.automatic1111;

import dev.nectar.web.ErrorFormat;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Errors below {@code /sdapi}, as FastAPI words them. */
final class Automatic1111Errors implements ErrorFormat {

  @Override
  public boolean covers(HttpServletRequest request) {
    return RawRequest.path(request).startsWith("/sdapi/");
  }

  @Override
  public MediaType mediaType() {
    return MediaType.APPLICATION_JSON;
  }

  @Override
  public Object body(ProblemDetail problem, String requestId) {
    return Map.of(
        "detail", Objects.requireNonNullElse(problem.getDetail(), problem.getTitle() + "."));
  }
}
