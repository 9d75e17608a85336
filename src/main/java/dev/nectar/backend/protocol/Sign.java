package dev.nectar.backend.protocol;

import java.util.regex.Pattern;

/**
 * By what something is known in an answer: a row of {@link Signs}.
 *
 * @param pattern of a code as a whole, or of words anywhere in a text; both in lower case
 * @param vendor where it was seen
 */
record Sign(Meaning meaning, Form form, Pattern pattern, String vendor) {

  enum Form {
    CODE,
    WORDS
  }

  enum Meaning {
    /** A filter is out of order, which says nothing of the prompt. */
    FILTER_FAILED,
    REFUSED,
    KEY,
    CREDIT,
    UNFIT,
    TOO_LONG;

    /** Whether an answer of this status may say so in words. */
    boolean isWordedWith(int status) {
      return switch (this) {
        case KEY, CREDIT, FILTER_FAILED -> true;
        case REFUSED, TOO_LONG -> status < 500;
        case UNFIT -> status < 500 || status == 503;
      };
    }
  }

  static Sign code(Meaning meaning, String vendor, String pattern) {
    return new Sign(meaning, Form.CODE, Pattern.compile(pattern), vendor);
  }

  static Sign words(Meaning meaning, String vendor, String pattern) {
    return new Sign(meaning, Form.WORDS, Pattern.compile(pattern), vendor);
  }

  boolean isCode(String code) {
    return form == Form.CODE && pattern.matcher(code).matches();
  }

  /** Whether the text has these words, and not from the client. */
  boolean isIn(Echoes.Rest said) {
    return form == Form.WORDS
        && pattern
            .matcher(said.text())
            .results()
            .anyMatch(match -> !said.others().contain(match.group()));
  }
}
