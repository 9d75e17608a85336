package dev.nectar.backend.protocol;

import dev.nectar.backend.BackendReply.Unfit;
import dev.nectar.backend.OfferedSizes;
import dev.nectar.backend.Verdict;
import dev.nectar.backend.Verdict.Unsupported;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which parameter an answer blames, and whether for itself or for its value. */
final class Blame {

  private static final String MODEL = "model";
  private static final String SIZE = "size";

  private static final String RATIO = "aspect_ratio";

  /** What a parameter is called beside its own name, in words or by some protocol. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          SIZE,
          "image[ _]?size|resolution|dimensions|width and height|width|height",
          RATIO,
          "(?:image_?config\\.)?aspect[ _]?ratio|image_?config",
          "modalities",
          "(?:the )?(?:requested )?(?:combination of )?(?:(?:output|response)[ _]?)?modalit(?:y|ies)",
          "guidance_scale",
          "cfg[ _]?scale",
          MODEL,
          "sd_model_checkpoint|override_settings");

  private static final String ITEM =
      "(?:'[^'\\n]{0,80}+'|\"[^\"\\n]{0,80}+\"|`[^`\\n]{0,80}+`|[\\w.-]++)";

  private static final String TAKEN =
      "(?:supported|allowed|accepted|permitted|valid|available|known)";

  /** What could be said instead blames nobody. */
  private static final Pattern ALTERNATIVES =
      Pattern.compile(
          "(?:\\b(?:one of|either)\\b|\\bexpected:|(?<!not )\\b"
              + TAKEN
              + "(?: \\w+)?(?: (?:are|is|include)\\b|:))[\\s:(\\[{]*+"
              + ITEM
              + "(?:\\s*+(?:[,|/]\\s*+(?:(?:or|and)\\s++)?|(?:or|and)\\s++)"
              + ITEM
              + ")*+|\\bonly [^.\\n]{0,200}? (?:are|is) "
              + TAKEN
              + "\\b");

  /** It knows no such parameter. */
  private static final Pattern IS_UNKNOWN =
      Pattern.compile(
          "\\b(?:unknown|unrecogni[sz]ed|unexpected|unsupported|extra)[ _](?:request )?"
              + "(?:param|argument|field|input|keyword|property|key|option|name)"
              + "|extra_forbidden|additional propert");

  private static final Pattern IS_OF_VALUE =
      Pattern.compile("(?:\\b|_)values?\\b|\\bone of\\b|\\bsupport '");

  /** Whatever its value. */
  private static final Pattern IS_NOT_TAKEN =
      Pattern.compile(
          "unknown|unrecogni[sz]ed|unexpected|unsupported|not (?:supported|permitted|allowed)");

  private final Report report;
  private final Sent sent;

  /** Without the client's own words. */
  private final String text;

  Blame(Report report, Sent sent, String text) {
    this.report = report;
    this.sent = sent;
    this.text = text;
  }

  /** Whether nothing else is blamed by name. */
  boolean isOfPrompt() {
    return named().allMatch(Sent.PROMPT::equals);
  }

  /** By the names in fields made for that. */
  Optional<Verdict> byName() {
    return named().filter(name -> !name.equals(Sent.PROMPT)).findFirst().map(this::verdict);
  }

  /** The parameters that were sent among those that are named. */
  private Stream<String> named() {
    return report.parameters().stream().flatMap(path -> named(path).stream());
  }

  /** The last word of a path such as {@code body.size} that is a parameter's name. */
  private Optional<String> named(String path) {
    return Stream.of(path.split("[^A-Za-z0-9_]+"))
        .flatMap(word -> sent.parameters().keySet().stream().filter(name -> isName(word, name)))
        .reduce((_, last) -> last);
  }

  private static boolean isName(String word, String parameter) {
    var other = OTHER_NAMES.get(parameter);
    return word.equals(parameter)
        || (other != null && word.toLowerCase(Locale.ROOT).matches(other));
  }

  /** By the words around a parameter's name. */
  Optional<Verdict> byWords() {
    var blaming = ALTERNATIVES.matcher(text).replaceAll(" ");
    return sent.parameters().keySet().stream()
        .filter(name -> !name.equals(Sent.PROMPT) && blames(blaming, name))
        .findFirst()
        .map(this::verdict);
  }

  private static boolean blames(String text, String parameter) {
    var other = OTHER_NAMES.get(parameter);
    var name = "(?:" + Pattern.quote(parameter) + (other == null ? "" : "|" + other) + ")";
    var inText = "['\"`]?" + name + "['\"`]?";
    return Pattern.compile(
            "['\"`]"
                + name
                + "['\"`]"
                + "|\\b(?:param(?:eter)?s?|arguments?|fields?|property|properties|options?|inputs?"
                + "|keywords?|keys?|supplied|support|supported|permitted|allowed)(?: names?)?\\W{1,3}"
                + inText
                + "(?!\\w)|(?<!\\w)"
                + inText
                + "(?:\\W{1,3}[\\w.:-]{1,40}+)?\\W{1,6}(?:param|argument|field|property|option|is (?:not|un|in)|not|unsupported"
                + "|must|should|has to|cannot|out of range)"
                + "|\\b(?:unknown|unrecogni[sz]ed|unexpected|unsupported|extra|invalid)"
                + "\\W{1,3}(?:image )?"
                + inText
                + "(?!\\w)")
        .matcher(text)
        .find();
  }

  private Verdict verdict(String parameter) {
    var evidence = report.evidence();
    if (parameter.equals(MODEL) && !IS_UNKNOWN.matcher(text).find()) {
      return new Unfit(evidence);
    }
    var sizes =
        switch (parameter) {
          case SIZE -> SizesTold.in(evidence.message(), sent.value(SIZE));
          case RATIO -> SizesTold.ratiosIn(evidence.message(), sent.value(RATIO));
          default -> OfferedSizes.NONE;
        };
    var always = sizes.equals(OfferedSizes.NONE) && isOfAllValues(parameter);
    return new Unsupported(parameter, always, sizes, evidence);
  }

  private boolean isOfAllValues(String parameter) {
    return IS_UNKNOWN.matcher(text).find()
        || (IS_NOT_TAKEN.matcher(text).find()
            && !IS_OF_VALUE.matcher(text).find()
            && !namesValue(parameter));
  }

  /** Whether the message repeats the value, as a word of its own. */
  private boolean namesValue(String parameter) {
    var value = sent.value(parameter);
    return value != null
        && value.length() > 1
        && Pattern.compile("(?<!\\w)" + Pattern.quote(value.toLowerCase(Locale.ROOT)) + "(?!\\w)")
            .matcher(report.evidence().message().toLowerCase(Locale.ROOT))
            .find();
  }
}
