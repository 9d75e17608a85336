package dev.nectar.openai;

import dev.nectar.web.ErrorFormat;
import dev.nectar.web.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Errors below {@code /v1}. */
final class OpenAiErrors implements ErrorFormat {

  private static final String PATH = "/v1";

  @Override
  public boolean covers(HttpServletRequest request) {
    var path = RawRequest.path(request);
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public MediaType mediaType() {
    return MediaType.APPLICATION_JSON;
  }

  @Override
  public Object body(ProblemDetail problem, String requestId) {
    return Map.of("error", OpenAiError.of(problem));
  }
}
