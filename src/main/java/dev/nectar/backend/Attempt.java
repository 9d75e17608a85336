package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import java.time.Duration;

/**
 * One attempt, for the log.
 *
 * @param refused whether the content was refused
 */
public record Attempt(String backend, String outcome, boolean refused, Duration duration) {

  static Attempt of(String backend, BackendReply reply, Duration duration) {
    return new Attempt(backend, outcome(reply), reply instanceof Refused, duration);
  }

  /** In a word or two. */
  public static String outcome(BackendReply reply) {
    return switch (reply) {
      case Painted _ -> "painted";
      case Refused(var certain, _) -> certain ? "refused" : "refused?";
      case Declined declined -> "failed: " + declined.kind();
    };
  }

  @Override
  public String toString() {
    return "%s %s in %d ms".formatted(backend, outcome, duration.toMillis());
  }
}
