package dev.nectar.web.access;

import dev.nectar.web.RawRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;

/**
 * Lets pages of any origin ask for images (Fetch standard, 3.2): they present a key or a signature,
 * never a cookie that they did not set themselves.
 */
@Order(0)
final class CrossOriginFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Set<String> OPEN =
      Set.of("/prompt", "/image", "/p", "/sign", "/models", RawRequest.IMAGE_MODELS_PATH);

  /** Whole APIs, also where there is nothing. */
  private static final List<String> OPEN_BELOW = List.of("/v1", "/sdapi/");

  private static final String DAY = "86400";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (isOpen(request)) {
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
      if (CorsUtils.isPreFlightRequest(request)) {
        allow(request, response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static boolean isOpen(HttpServletRequest request) {
    return OPEN.contains(request.getRequestURI())
        || OPEN_BELOW.stream().anyMatch(RawRequest.path(request)::startsWith);
  }

  /** A wildcard would leave out Authorization, so that what is asked for is named. */
  private static void allow(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
    response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    var wanted = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    if (wanted != null) {
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    }
  }
}
