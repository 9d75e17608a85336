package dev.nectar.backend.protocol;

import dev.nectar.backend.protocol.Pictures.Source;
import dev.nectar.http.Deadline;
import dev.nectar.http.HttpFaults;
import dev.nectar.http.answer.StagedPictures;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.observe.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for the first of several sources that is a picture, or leads to one. */
final class PictureSearch {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Longer ones are none that a server takes. */
  private static final int LONGEST_LINK = 8192;

  private static final Pattern ABSOLUTE =
      Pattern.compile("(?:[a-z][a-z0-9+.-]*:)?//.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** A word with a dot or slash; with blanks in it a path, the name of a file or a query. */
  private static final Pattern RELATIVE =
      Pattern.compile("(?!data:)(?:\\S*[./]\\S*|.*/.*|[^?]*\\.\\w{2,5}(?:\\?.*)?|\\S*\\?\\S+=.*)");

  private final StagedPictures staged;
  private final Links links;
  private final Exchange.Pause pause;
  private final Deadline deadline;

  /** Links that a picture may stand behind later. */
  private final List<String> awaited = new ArrayList<>();

  private String fault = "no picture";
  private boolean linkWasLost;

  PictureSearch(StagedPictures staged, Links links, Exchange.Pause pause, Deadline deadline) {
    this.staged = staged;
    this.links = links;
    this.pause = pause;
    this.deadline = deadline;
  }

  /** Why the last source had none. */
  String fault() {
    return fault;
  }

  /** Whether one was a link. */
  boolean linkWasLost() {
    return linkWasLost;
  }

  /** Tries each, and those that promise something again and again, as long as there is time. */
  Optional<StagedImage> first(List<Source> candidates) {
    for (var candidate : candidates) {
      var image = of(candidate);
      if (image.isPresent()) {
        return image;
      }
    }
    for (var wait = FIRST_PAUSE; !awaited.isEmpty() && sleeps(wait); wait = wait.multipliedBy(2)) {
      for (var link : List.copyOf(awaited)) {
        var image = behind(link);
        if (image.isPresent()) {
          return image;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<StagedImage> of(Source source) {
    var text = source.text().strip();
    try {
      var picture = staged.in(text);
      if (picture == null && isLink(text, source.mayBeRelative())) {
        return behind(text);
      }
      if (picture == null) {
        throw new NotAnImageException();
      }
      return Optional.of(picture.take());
    } catch (IOException e) {
      fault = HttpFaults.describe(e);
      return Optional.empty();
    }
  }

  private static boolean isLink(String text, boolean mayBeRelative) {
    return text.length() <= LONGEST_LINK
        && (ABSOLUTE.matcher(text).matches()
            || text.startsWith("/")
            || (mayBeRelative && RELATIVE.matcher(text).matches()));
  }

  private Optional<StagedImage> behind(String link) {
    try {
      return Optional.of(Step.of("download", () -> links.fetch(link, deadline)));
    } catch (IOException e) {
      fault = "link: " + HttpFaults.describe(e);
      linkWasLost = true;
      awaited.remove(link);
      if (Links.isTransient(e)) {
        awaited.add(link);
      }
      return Optional.empty();
    }
  }

  /** Whether there was time for that. */
  private boolean sleeps(Duration wait) {
    if (wait.compareTo(deadline.remaining()) >= 0) {
      return false;
    }
    try {
      pause.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
