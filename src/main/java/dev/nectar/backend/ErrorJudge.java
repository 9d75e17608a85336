package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Refused;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a refusal from a failure and from a parameter that a back end does not take. */
public final class ErrorJudge {

  /**
   * Of these one value may be refused and another taken; of any other parameter, all values fare
   * alike.
   */
  private static final Pattern MANY_VALUED =
      Pattern.compile("size|model|quality|background|output_format|style|guidance_scale");

  private static final Pattern VALUE_AT_FAULT =
      Pattern.compile(
          "invalid.value|must be one of|not found|not_found|does not exist|supported (values|sizes|models)");

  private ErrorJudge() {}

  /**
   * Judges an answer other than 2xx.
   *
   * @param sent the parameters that could be left out, with their values
   */
  public static Verdict judge(
      ErrorReport report, Map<String, String> sent, @Nullable Duration retryAfter) {
    if (RefusalSigns.in(report)) {
      return new Refused(true, evidence(report));
    }
    if (report.status() == 400 || report.status() == 422) {
      var parameter = blamed(report, sent);
      if (parameter.isPresent()) {
        return unsupported(report, parameter.get(), sent);
      }
    }
    if (report.status() == 400
        && report.parameters().isEmpty()
        && !RefusalSigns.blamesOthers(report)) {
      return new Refused(false, evidence(report));
    }
    return report.status() == 429
        ? new Busy(retryAfter, evidence(report))
        : new Failed("status " + report.status(), evidence(report));
  }

  /**
   * Judges a 2xx answer without an image.
   *
   * @param refused whether the answer says that a filter held the image back
   * @param emptyData whether there was a {@code data} array with nothing in it
   */
  public static Verdict judge(ErrorReport report, boolean refused, boolean emptyData) {
    if (refused || RefusalSigns.in(report)) {
      return new Refused(true, evidence(report));
    }
    return emptyData
        ? new Refused(false, evidence(report))
        : new Failed("no image", evidence(report));
  }

  private static Evidence evidence(ErrorReport report) {
    return new Evidence(
        report.status(),
        report.codes().isEmpty() ? null : report.codes().getFirst(),
        report.message());
  }

  private static Optional<String> blamed(ErrorReport report, Map<String, String> sent) {
    var named = report.parameters().stream().filter(sent::containsKey).findFirst();
    return named.isPresent() || !report.parameters().isEmpty()
        ? named
        : sent.keySet().stream().filter(name -> names(report.message(), name)).findFirst();
  }

  private static boolean names(String message, String parameter) {
    var name = "['\"`]?" + parameter + "['\"`]?";
    return Pattern.compile(
            "['\"`]"
                + parameter
                + "['\"`]"
                + "|\\b(parameters?|arguments?|fields?|property|properties|options?|inputs?|supplied|support)( not supported)?\\W{0,3}"
                + name
                + "(\\W|$)"
                + "|(^|\\W)"
                + name
                + "\\W{1,3}(parameter|argument|field|property|option|is not|not supported|unsupported|must be|is invalid)"
                + "|\\b(unknown|invalid|unsupported|unexpected|unrecogni[sz]ed)\\W{1,3}(image )?"
                + name
                + "(\\W|$)")
        .matcher(message)
        .find();
  }

  private static Unsupported unsupported(
      ErrorReport report, String parameter, Map<String, String> sent) {
    var value = sent.getOrDefault(parameter, "").toLowerCase(Locale.ROOT);
    var text = report.message() + "\n" + String.join("\n", report.codes());
    var valueOnly =
        MANY_VALUED.matcher(parameter).matches()
            && (text.contains(value) || VALUE_AT_FAULT.matcher(text).find());
    return new Unsupported(parameter, !valueOnly, OfferedSizes.NONE, evidence(report));
  }
}
