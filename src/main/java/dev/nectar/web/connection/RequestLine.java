package dev.nectar.web.connection;

import java.util.Optional;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/** What Tomcat could not read of a request, told to people who wrote it by hand. */
final class RequestLine {

  private static final String UNREADABLE =
      "The request line holds a blank, or a character that is not ASCII, as it is. Write %20 for a"
          + " blank and percent-encode the rest, or let curl do it:"
          + " curl -G --data-urlencode 'prompt=a red apple'.";

  private static final String FAULT = RequestLine.class.getName() + ".fault";

  private RequestLine() {}

  /** Notes what is wrong with it, before anything is made of the request. */
  static void examine(Request request, Response response) {
    // Tomcat gives up where it meets such a character, and has not read on.
    if (response.getStatus() == 400
        && request.getMethod() != null
        && (request.requestURI().isNull() || request.protocol().isNull())) {
      request.setAttribute(FAULT, UNREADABLE);
    }
  }

  static Optional<String> fault(Request request) {
    return Optional.ofNullable(request.getAttribute(FAULT)).map(Object::toString);
  }
}
