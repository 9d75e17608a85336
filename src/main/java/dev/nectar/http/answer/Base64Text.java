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

  /** Of whole groups: the platform decodes so many at once, far faster than one looks at each. */
  private static final int BLOCK = 4096;

  private static final int DECODED_BLOCK = BLOCK / 4 * 3;
  private static final int BLOCKS_A_WRITE = 16;
  private static final Base64.Decoder DECODER = Base64.getDecoder();

  private static final byte ILLEGAL = 0;
  private static final byte SPACE = 1;
  private static final byte PADDING = 2;

  /** For a character, the symbol of the standard alphabet, or what else it means. */
  private static final byte[] MEANING = meanings();

  private final ByteWindow json;
  private final Extent extent;
  private final OutputStream decoded;
  private final byte[] symbols = new byte[BLOCK];
  private final byte[] block = new byte[DECODED_BLOCK];
  private final byte[] unwritten = new byte[BLOCKS_A_WRITE * DECODED_BLOCK];
  private int count;
  private int unwrittenCount;

  /** Whether it has been nothing but symbols of the standard alphabet so far. */
  private boolean plain = true;

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
    return DECODER.decode(Arrays.copyOf(symbols, count / 4 * 4));
  }

  private void run() throws IOException {
    do {
      takeSymbols();
    } while (takeOther());
    flush(Arrays.copyOf(symbols, count));
    write();
  }

  /** Takes symbols as long as there are only symbols. */
  private void takeSymbols() throws IOException {
    while (!padded && json.has(1)) {
      takeBlocks();
      var length = Math.min(json.available(), BLOCK - count);
      var at = 0;
      for (byte symbol; at < length && (symbol = MEANING[json.at(at)]) > PADDING; at++) {
        symbols[count++] = symbol;
      }
      json.skip(at);
      lineBroken &= at == 0;
      if (at < length) {
        return;
      }
      if (count == BLOCK) {
        flush(symbols);
      }
    }
  }

  /** Takes blocks whose every character turns out to be a symbol: most of most images. */
  private void takeBlocks() throws IOException {
    while (plain && count == 0 && json.available() >= BLOCK) {
      json.copyTo(symbols);
      try {
        // Padding would be decoded too, at the very end.
        plain = symbols[BLOCK - 1] != '=' && DECODER.decode(symbols, block) == DECODED_BLOCK;
      } catch (IllegalArgumentException e) {
        plain = false;
      }
      if (plain) {
        json.skip(BLOCK);
        lineBroken = false;
        put(DECODED_BLOCK);
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
    if (count == BLOCK) {
      flush(symbols);
    }
  }

  private void flush(byte[] group) throws IOException {
    count = 0;
    try {
      put(DECODER.decode(group, block));
    } catch (IllegalArgumentException e) {
      throw new IOException("not Base64", e);
    }
  }

  /** Puts what is decoded beside what is still to be written. */
  private void put(int length) throws IOException {
    System.arraycopy(block, 0, unwritten, unwrittenCount, length);
    unwrittenCount += length;
    if (unwrittenCount > unwritten.length - DECODED_BLOCK) {
      write();
    }
  }

  private void write() throws IOException {
    decoded.write(unwritten, 0, unwrittenCount);
    unwrittenCount = 0;
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
