package dev.nectar.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/** The ways to write a secret in a URL: any of its bytes may be percent-encoded, and again. */
final class SecretSpelling {

  private SecretSpelling() {}

  /** A regular expression that finds all of them. */
  static String of(String secret) {
    var pattern = new StringBuilder();
    secret
        .codePoints()
        .mapToObj(Character::toString)
        .forEach(character -> {
          pattern.append("(?:").append(Pattern.quote(character)).append('|');
          if (character.equals(" ")) {
            pattern.append("\\+|");
          }
          for (var octet : character.getBytes(UTF_8)) {
            pattern.append("%(?:25)*");
            for (var digit : "%02x".formatted(octet).toCharArray()) {
              pattern.append('[').append(digit).append(Character.toUpperCase(digit)).append(']');
            }
          }
          pattern.append(')');
        });
    return pattern.toString();
  }
}
