package dev.nectar.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nectar.image.InvalidImageRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Percent-encoded UTF-8 (RFC 3986, 2.1), decoded exactly once and to the letter. */
public final class PercentText {

  private PercentText() {}

  /**
   * The text that was encoded.
   *
   * @param encoded one char a byte, as it came over the wire
   * @throws InvalidImageRequestException if an escape is malformed or the bytes are not UTF-8
   */
  public static String decode(String encoded) {
    var bytes = ByteBuffer.allocate(encoded.length());
    for (var at = 0; at < encoded.length(); at++) {
      var c = encoded.charAt(at);
      if (c == '%') {
        bytes.put((byte) (digit(encoded, at + 1) << 4 | digit(encoded, at + 2)));
        at += 2;
      } else {
        bytes.put(String.valueOf(c).getBytes(ISO_8859_1));
      }
    }
    try {
      return UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidImageRequestException("The URL is not percent-encoded UTF-8.");
    }
  }

  private static int digit(String encoded, int at) {
    var digit = at < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
    if (digit < 0 || encoded.charAt(at) > 'f') {
      throw new InvalidImageRequestException("The URL has a malformed percent escape.");
    }
    return digit;
  }
}
