package dev.nectar.account;

import java.util.random.RandomGenerator;

/** Letters and digits that nobody foretells, if the source of chance is good. */
final class RandomText {

  private static final String CHARACTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomText() {}

  static String of(RandomGenerator random, int length) {
    var text = new StringBuilder(length);
    for (var i = 0; i < length; i++) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }
}
