package dev.nectar.backend.protocol;

import dev.nectar.backend.OfferedSizes;
import dev.nectar.image.ImageSize;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sizes that a back end would take out of its refusal of another. */
final class SizesTold {

  private static final Pattern SIZE =
      Pattern.compile("(?<![\\d.])(\\d{2,5}) ?[x×*] ?(\\d{2,5})(?!\\d|\\.\\d)");

  private static final Pattern RATIO =
      Pattern.compile("(?<![\\d:.])([1-9]\\d?):([1-9]\\d?)(?![\\d:])");

  /** Not followed by the other half of a size. */
  private static final String NUMBER = "(\\d[\\d,_]{0,11})(?!\\d|\\.\\d| ?[x×*] ?\\d)";

  private static final Pattern AT_LEAST =
      Pattern.compile(
          "(?:at least|minimum(?: of| is|:)?|no less than|not be less than"
              + "|greater than or equal to|>=) "
              + NUMBER);
  private static final Pattern AT_MOST =
      Pattern.compile(
          "(?:at most|maximum(?: of| is|:)?|no more than|not exceed"
              + "|not be (?:more|greater|larger) than|less than or equal to|up to|<=) "
              + NUMBER);
  private static final Pattern RANGE =
      Pattern.compile("(?:between |\\[)" + NUMBER + "(?: and |, ?)" + NUMBER);
  private static final Pattern MULTIPLE =
      Pattern.compile("(?:multiples? of|divisible by) " + NUMBER);

  /** More than this is no edge but an area. */
  private static final int LONGEST_EDGE = 20_000;

  private SizesTold() {}

  /**
   * All that can be read.
   *
   * @param refused the size that is not among them; null: none
   */
  static OfferedSizes in(String message, @Nullable String refused) {
    var text = message.toLowerCase(Locale.ROOT);
    var limits = new Limits();
    AT_LEAST.matcher(text).results().forEach(match -> limits.atLeast(number(match, 1)));
    AT_MOST.matcher(text).results().forEach(match -> limits.atMost(number(match, 1)));
    RANGE
        .matcher(text)
        .results()
        .forEach(match -> {
          limits.atLeast(number(match, 1));
          limits.atMost(number(match, 2));
        });
    var listed =
        SIZE.matcher(text)
            .results()
            .map(match -> new ImageSize(number(match, 1), number(match, 2)))
            .filter(size -> !size.toString().equals(refused))
            .distinct()
            .toList();
    var multiple =
        MULTIPLE.matcher(text).results().map(match -> number(match, 1)).findFirst().orElse(null);
    return new OfferedSizes(
        listed, limits.minPixels, limits.maxPixels, limits.minEdge, limits.maxEdge, multiple);
  }

  /**
   * Ratios, each as the smallest size that has it.
   *
   * @param refused the ratio that is not among them; null: none
   */
  static OfferedSizes ratiosIn(String message, @Nullable String refused) {
    return OfferedSizes.listed(
        RATIO
            .matcher(message)
            .results()
            .filter(match -> !match.group().equals(refused))
            .map(match -> new ImageSize(number(match, 1), number(match, 2)))
            .distinct()
            .toList());
  }

  private static int number(MatchResult match, int group) {
    var digits = Objects.toString(match.group(group), "").replaceAll("\\D", "");
    return (int) Math.min(Long.parseLong(digits), Integer.MAX_VALUE);
  }

  private static final class Limits {
    private @Nullable Integer minPixels;
    private @Nullable Integer maxPixels;
    private @Nullable Integer minEdge;
    private @Nullable Integer maxEdge;

    void atLeast(int pixels) {
      if (pixels > LONGEST_EDGE) {
        minPixels = pixels;
      } else {
        minEdge = pixels;
      }
    }

    void atMost(int pixels) {
      if (pixels > LONGEST_EDGE) {
        maxPixels = pixels;
      } else {
        maxEdge = pixels;
      }
    }
  }
}
