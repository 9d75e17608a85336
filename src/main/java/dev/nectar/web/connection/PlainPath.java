package dev.nectar.web.connection;

import dev.nectar.web.RawRequest;
import java.util.regex.Pattern;

/** A path without slashes too many, which clients put before and behind it; prompts keep theirs. */
final class PlainPath {

  private static final Pattern LEADING = Pattern.compile("^/{2,}");
  private static final Pattern TRAILING = Pattern.compile("(?<=[^/])/+$");

  private PlainPath() {}

  /**
   * The path as it is mapped.
   *
   * @param sent as it came over the wire, one char a byte
   */
  static String of(String sent) {
    var path = LEADING.matcher(sent).replaceFirst("/");
    var bare = TRAILING.matcher(path).replaceFirst("");
    return isPrompt(path) && !bare.equals(RawRequest.IMAGE_MODELS_PATH) ? path : bare;
  }

  private static boolean isPrompt(String path) {
    return RawRequest.PROMPT_PATHS.stream().anyMatch(prompts -> path.startsWith(prompts + "/"));
  }
}
