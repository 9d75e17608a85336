package dev.nectar.web.prompt;

import dev.nectar.observe.Waiting;
import dev.nectar.web.RawRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers, on a thread that may not wait, with what is at hand; whatever else comes of such a
 * request, it begins anew on a thread of its own.
 */
final class AtHandFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Logger log = LoggerFactory.getLogger(AtHandFilter.class);

  private final transient Supplier<PromptController> prompts;

  AtHandFilter(Supplier<PromptController> prompts) {
    this.prompts = prompts;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!Waiting.isForbidden()) {
      chain.doFilter(request, response);
      return;
    }
    try {
      prompts.get().get(request, response);
      log.trace("Answered by the thread that polls");
    } catch (RuntimeException e) {
      log.debug("Left to a thread of its own: {}", e.toString());
      RawRequest.wasAtHand(request, false);
      var again = request.startAsync(request, response);
      Waiting.afterwards(again::dispatch);
    }
  }
}
