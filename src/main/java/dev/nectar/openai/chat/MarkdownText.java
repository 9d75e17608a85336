package dev.nectar.openai.chat;

import java.util.regex.Pattern;

/** Text inside of Markdown (CommonMark 0.31.2, 2.4, and what chats add to it). */
final class MarkdownText {

  /** Whatever opens, closes or breaks off something, formulas and footnotes included. */
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>&!^~$|]");

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\s\\u2028\\u2029]+");

  private MarkdownText() {}

  /** The opening of a picture up to its URL. */
  static String beforeUrl(String description) {
    var line = BREAKS.matcher(description.strip()).replaceAll(" ");
    return "![" + SPECIAL.matcher(line).replaceAll("\\\\$0") + "](";
  }

  /** A URL that no character of ends before its end. */
  static String url(String url) {
    return url.replace("(", "%28").replace(")", "%29");
  }

  static final String AFTER_URL = ")";
}
