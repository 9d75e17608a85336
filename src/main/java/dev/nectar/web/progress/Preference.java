package dev.nectar.web.progress;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * That a client would rather not wait (RFC 7240, 4.1 and 4.3).
 *
 * @param patience how long it does all the same
 * @param applied what the answer says of it
 */
record Preference(Duration patience, String applied) {

  private static final String ASYNC = "respond-async";
  private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,5})\"?");

  /** Empty if the client is content to wait. */
  static Optional<Preference> of(HttpServletRequest request) {
    var named =
        Collections.list(request.getHeaders("Prefer")).stream()
            .flatMap(header -> Stream.of(header.split(",", -1)))
            .map(preference -> preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .toList();
    return named.contains(ASYNC) ? Optional.of(waiting(named)) : Optional.empty();
  }

  /** Of a preference that stands twice, the first one counts. */
  private static Preference waiting(List<String> named) {
    return named.stream()
        .map(WAIT::matcher)
        .filter(matcher -> matcher.matches())
        .map(wait -> Integer.parseInt(wait.group(1)))
        .findFirst()
        .map(seconds -> new Preference(Duration.ofSeconds(seconds), ASYNC + ", wait=" + seconds))
        .orElse(new Preference(Duration.ZERO, ASYNC));
  }
}
