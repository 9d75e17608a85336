package dev.nectar.status;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers only those who ask for an address, or for a name that the public name system does not
 * have: a page in an operator's browser may point any other name here (DNS rebinding).
 */
final class LocalHosts extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern HOST =
      Pattern.compile("(?:\\[(?<bracketed>[^]]*)]|(?<bare>[^:\\[\\]]*))(?::[0-9]*)?");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var host = request.getHeader(HttpHeaders.HOST);
    // Every browser names one.
    if (host == null || host.isEmpty() || isLocal(host)) {
      chain.doFilter(request, response);
    } else {
      refuse(response);
    }
  }

  static boolean isLocal(String host) {
    var parts = HOST.matcher(host);
    if (!parts.matches()) {
      return false;
    }
    var bracketed = parts.group("bracketed");
    return bracketed == null
        ? PLAIN_NAME.matcher(parts.group("bare")).matches() || isAddress(parts.group("bare"))
        : bracketed.contains(":") && isAddress(bracketed);
  }

  private static boolean isAddress(String text) {
    try {
      var _ = InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuse(HttpServletResponse response) throws IOException {
    var problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.FORBIDDEN,
            "Ask by an address, by localhost or by a name without a dot: a web page may have named"
                + " this host.");
    problem.setTitle("Not by this name");
    response.setStatus(problem.getStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(problem));
  }
}
