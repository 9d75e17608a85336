package dev.nectar.admin;

import dev.nectar.web.Clients;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Writes a line for each operation of somebody who presented the admin token: what was done to
 * what, what came of it, and from where. Nothing of the query, which may hold a prompt.
 */
final class Audit implements HandlerInterceptor {

  private static final Logger log = LoggerFactory.getLogger(Audit.class);

  private static final String ADMITTED = Audit.class.getName();
  private static final String SUBJECT = ADMITTED + ".subject";

  private final Clients clients;

  Audit(Clients clients) {
    this.clients = clients;
  }

  /** The token was right. */
  static void admit(HttpServletRequest request) {
    request.setAttribute(ADMITTED, true);
  }

  /** What it is done to, where the path does not tell. */
  static void concerns(HttpServletRequest request, String subject) {
    request.setAttribute(SUBJECT, " (" + subject + ")");
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception fault) {
    if (request.getAttribute(ADMITTED) == null) {
      return;
    }
    var path = request.getRequestURI();
    log.atLevel(isPicture(path) ? Level.DEBUG : Level.INFO)
        .log(
            "admin {} {}{}: {}, from {}",
            request.getMethod(),
            path,
            Objects.requireNonNullElse(request.getAttribute(SUBJECT), ""),
            response.getStatus(),
            clients.network(request));
  }

  /** A page of the gallery asks for dozens. */
  private static boolean isPicture(String path) {
    return path.endsWith("/thumbnail") || path.endsWith("/image");
  }
}
