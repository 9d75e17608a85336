package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Declined;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.settings.LogRedaction;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as operators may see it: without secrets, control characters and the client's words.
 *
 * @param model that was asked for; null if none was
 * @param asked whether it was asked at all; if not, this is told in the log alone
 * @param kind what came of it, in a few words
 * @param refused whether the content was refused for certain
 * @param status of the answer; 0 if there was none
 * @param code of the answer; null if it has none
 * @param message the first characters of the answer's
 */
public record Attempt(
    String backend,
    @Nullable String model,
    boolean asked,
    String kind,
    boolean refused,
    int status,
    @Nullable String code,
    String message,
    Duration duration) {

  private static final String PAINTED = "painted";

  private static final int MAX_CODE = 80;
  private static final int MAX_MESSAGE = 200;

  /** More of a message is not looked at. */
  private static final int MAX_RAW = 8 * 1024;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\s]+");

  /** Of a page that a gateway made, what nobody sees. */
  private static final Pattern MARKUP =
      Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<!--.*?-->|</?[a-z!][^>]*(?:>|$)");

  /** What came of asking a back end for this. */
  public static Attempt of(
      String backend, PaintRequest request, BackendReply reply, Duration duration) {
    return switch (reply) {
      case Painted _ ->
          new Attempt(backend, request.model(), true, PAINTED, false, 0, null, "", duration);
      case Declined declined -> {
        var evidence = declined.evidence();
        var words = QuotableWords.of(request);
        yield new Attempt(
            backend,
            request.model(),
            reply.isOfAttempt(),
            declined.kind(),
            declined instanceof Refused(var certain, _) && certain,
            evidence.status(),
            evidence.code() == null ? null : shown(evidence.code(), words, MAX_CODE),
            shown(evidence.message(), words, MAX_MESSAGE),
            duration);
      }
    };
  }

  private static String shown(String text, QuotableWords words, int length) {
    var raw = readable(cut(text, MAX_RAW));
    var safe = words.takenOutOf(LogRedaction.withoutSecrets(raw));
    return cut(UNPRINTABLE.matcher(safe).replaceAll(" ").strip(), length);
  }

  private static String readable(String text) {
    return text.stripLeading().startsWith("<") ? MARKUP.matcher(text).replaceAll(" ") : text;
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }

  public boolean isPainted() {
    return kind.equals(PAINTED);
  }

  /** Such as {@code https://a key refused (401, invalid_api_key, "No such key") in 12 ms}. */
  @Override
  public String toString() {
    return "%s in %d ms".formatted(withoutDuration(), duration.toMillis());
  }

  String withoutDuration() {
    var evidence = new StringJoiner(", ", " (", ")").setEmptyValue("");
    if (status > 0) {
      evidence.add(Integer.toString(status));
    }
    if (code != null) {
      evidence.add(code);
    }
    if (!message.isEmpty()) {
      evidence.add("\"" + message + "\"");
    }
    return backend + " " + kind + evidence;
  }
}
