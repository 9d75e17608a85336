package dev.nectar.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** How an API words its errors. */
public interface ErrorFormat {

  /** Whether the request speaks this API. */
  boolean covers(HttpServletRequest request);

  MediaType mediaType();

  /**
   * The same problem in the API's words.
   *
   * @return whatever Jackson makes JSON of
   */
  Object body(ProblemDetail problem, String requestId);
}
