package dev.nectar.prompt;

import java.util.regex.Pattern;

/** What a reasoning model thinks aloud before, or instead of, its answer. */
final class Thinking {

  private static final Pattern TAG =
      Pattern.compile("<(/?)(?:think(?:ing)?|thought|reasoning)>", Pattern.CASE_INSENSITIVE);

  private Thinking() {}

  /**
   * The text without its thoughts. One that does not end takes all the rest; one that only ends
   * began before the text did, as where the chat template has opened it.
   */
  static String dropped(String text) {
    var said = new StringBuilder();
    var tag = TAG.matcher(text);
    var thinking = false;
    var from = 0;
    while (tag.find()) {
      var closes = !tag.group(1).isEmpty();
      if (!closes && !thinking) {
        said.append(text, from, tag.start());
      } else if (closes && !thinking) {
        said.setLength(0);
      }
      thinking = !closes;
      from = tag.end();
    }
    return thinking ? said.toString() : said.append(text, from, text.length()).toString();
  }
}
