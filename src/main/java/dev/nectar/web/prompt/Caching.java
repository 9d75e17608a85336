package dev.nectar.web.prompt;

import dev.nectar.web.Access;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long, and by whom, an answer may be cached.
 *
 * @param visibility {@code private} or {@code public}
 * @param limit in seconds
 */
record Caching(String visibility, long limit) {

  private static final Caching NONE = new Caching("no-store", 0);

  private static final long YEAR = 31_536_000;

  /** A hosted image can vanish. */
  private static final long REDIRECT = 300;

  /** What is drawn or asked for anew differs the next time. */
  static Caching of(Access.Pass pass, boolean varying) {
    if (varying) {
      return NONE;
    }
    return switch (pass) {
      case Access.ByKey _ -> new Caching("private", YEAR);
      case Access.ByLink(var left) -> new Caching("public", atMostYear(left));
    };
  }

  private static long atMostYear(@Nullable Duration left) {
    return left == null ? YEAR : Math.min(YEAR, left.toSeconds());
  }

  String ofImage() {
    return equals(NONE) ? visibility : visibility + ", max-age=" + limit + ", immutable";
  }

  String ofRedirect() {
    return equals(NONE) ? visibility : visibility + ", max-age=" + Math.min(limit, REDIRECT);
  }
}
