package dev.nectar.http.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 in the middle of a JSON string, decoded as it streams by: in the standard or the URL-safe
 * alphabet, with JSON's escapes, line breaks, and padding or none.
 */
final class Base64Text {

  /** How far it goes. */
  enum Extent {
    /** Up to the closing quote, over white space of any kind. */
    STRING,

    /** Up to the first character that is none of it; a single line break is. */
    WORD,

    /** As a word, which a stream of chat chunks may have cut anywhere. */
    CHUNKS
  }

  /** In a chat chunk, the name of its text. */
  static final String CONTENT = "content";

  private static final int CHUNK = 32 * 1024;
  private static final byte ILLEGAL = 0;
  private static final byte SPACE = 1;
  private static final byte PADDING = 2;

  /** For a character, the symbol of the standard alphabet, or what else it means. */
  private static final byte[] MEANING = meanings();

  private final ByteWindow json;
  private final Extent extent;
  private final OutputStream decoded;
  private final byte[] symbols = new byte[CHUNK];
  private int count;
  private boolean padded;
  private boolean lineBroken;

  private Base64Text(ByteWindow json, Extent extent, OutputStream decoded) {
    this.json = json;
    this.extent = extent;
    this.decoded = decoded;
  }

  /**
   * Decodes as far as there is Base64. What ends it is still to come: a quote, another character,
   * or nothing.
   *
   * @param json from the first character of it
   * @throws IOException if it is not Base64, or a stream fails
   */
  static void decode(ByteWindow json, Extent extent, OutputStream decoded) throws IOException {
    new Base64Text(json, extent, decoded).run();
  }

  /**
   * Decodes the start of a string, as far as it is Base64, and takes nothing of it.
   *
   * @param length within reach
   */
  static byte[] peek(ByteWindow json, int length) {
    var symbols = new byte[length];
    var count = 0;
    for (var at = 0; at < length; at++) {
      var b = json.at(at);
      if (b == '\\' && at + 1 < length) {
        at++;
        b = json.at(at) == '/' ? '/' : "nrt".indexOf(json.at(at)) < 0 ? '"' : ' ';
      }
      var meaning = MEANING[b];
      if (meaning == ILLEGAL || meaning == PADDING) {
        break;
      }
      if (meaning != SPACE) {
        symbols[count++] = meaning;
      }
    }
    return Base64.getDecoder().decode(Arrays.copyOf(symbols, count / 4 * 4));
  }

  private void run() throws IOException {
    do {
      takeSymbols();
    } while (takeOther());
    flush();
  }

  /** Takes symbols as long as there are only symbols: the loop that an image spends its time in. */
  private void takeSymbols() throws IOException {
    while (!padded && json.has(1)) {
      var length = Math.min(json.available(), CHUNK - count);
      var at = 0;
      for (byte symbol; at < length && (symbol = MEANING[json.at(at)]) > PADDING; at++) {
        symbols[count++] = symbol;
      }
      json.skip(at);
      lineBroken &= at == 0;
      if (at < length) {
        return;
      }
      if (count == CHUNK) {
        flush();
      }
    }
  }

  /** Takes what stands between the symbols, or an escaped one of them, if it is still Base64. */
  private boolean takeOther() throws IOException {
    var length = json.unitLength();
    if (length == 0) {
      return false;
    }
    if (length == 1 && json.at(0) == '"') {
      return extent == Extent.CHUNKS && !padded && json.skipToNextEvent(CONTENT);
    }
    var unit = json.unit(length);
    var meaning = unit < MEANING.length ? MEANING[unit] : ILLEGAL;
    if (meaning == PADDING) {
      padded = true;
    } else if (meaning > PADDING && !padded) {
      add(meaning);
    } else if (meaning != SPACE || !isPassedOver(unit)) {
      if (extent == Extent.STRING) {
        throw new IOException("not Base64");
      }
      return false;
    }
    return pass(length);
  }

  /** A line break may end an event, and with it all. */
  private boolean pass(int length) throws IOException {
    if (length == 1) {
      return json.next() != ByteWindow.END;
    }
    json.skip(length);
    return true;
  }

  private boolean isPassedOver(int space) {
    if (extent == Extent.STRING || space == '\r') {
      return true;
    }
    var first = space == '\n' && !lineBroken;
    lineBroken = true;
    return first;
  }

  private void add(byte symbol) throws IOException {
    symbols[count++] = symbol;
    lineBroken = false;
    if (count == CHUNK) {
      flush();
    }
  }

  private void flush() throws IOException {
    try {
      decoded.write(
          Base64.getDecoder().decode(count == CHUNK ? symbols : Arrays.copyOf(symbols, count)));
    } catch (IllegalArgumentException e) {
      throw new IOException("not Base64", e);
    }
    count = 0;
  }

  private static byte[] meanings() {
    var meanings = new byte[256];
    Arrays.fill(meanings, ILLEGAL);
    for (var c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".toCharArray()) {
      meanings[c] = (byte) c;
    }
    meanings['-'] = '+';
    meanings['_'] = '/';
    meanings[' '] = SPACE;
    meanings['\n'] = SPACE;
    meanings['\r'] = SPACE;
    meanings['\t'] = SPACE;
    meanings['='] = PADDING;
    return meanings;
  }
}
