package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 in the middle of a JSON string, decoded as it streams by: with or without a {@code data:}
 * prefix, in the standard or the URL-safe alphabet, with JSON's escapes, line breaks, and padding
 * or none.
 */
final class Base64Text {

  private static final int CHUNK = 32 * 1024;
  private static final byte ILLEGAL = 0;
  private static final byte SPACE = 1;
  private static final byte QUOTE = 2;
  private static final byte BACKSLASH = 3;
  private static final byte PADDING = 4;

  /** For a byte, the symbol of the standard alphabet, or what else it means. */
  private static final byte[] MEANING = meanings();

  private final InputStream json;
  private final OutputStream decoded;
  private final byte[] input = new byte[CHUNK];
  private int position;
  private int limit;
  private final byte[] symbols = new byte[CHUNK];
  private int count;
  private boolean anythingDecoded;
  private boolean padded;

  private Base64Text(InputStream json, OutputStream decoded) {
    this.json = json;
    this.decoded = decoded;
  }

  /**
   * Decodes up to the string's closing quote.
   *
   * @param json from the first character after the opening quote; may be read beyond the closing
   *     one
   * @return what follows the closing quote
   * @throws IOException if the text is not Base64, ends early, or a stream fails
   */
  static InputStream decode(InputStream json, OutputStream decoded) throws IOException {
    var text = new Base64Text(json, decoded);
    text.run();
    return new SequenceInputStream(
        new ByteArrayInputStream(text.input, text.position, text.limit - text.position), json);
  }

  private void run() throws IOException {
    var b = afterSymbols();
    while (MEANING[b] != QUOTE) {
      take(MEANING[b] == BACKSLASH ? unescaped() : b);
      b = afterSymbols();
    }
    flush();
  }

  /** Takes symbols as long as there are only symbols: the loop that an image spends its time in. */
  private int afterSymbols() throws IOException {
    while (!padded) {
      var end = Math.min(limit, position + CHUNK - count);
      while (position < end) {
        var symbol = MEANING[input[position] & 0xff];
        if (symbol <= PADDING) {
          return next();
        }
        symbols[count++] = symbol;
        position++;
      }
      if (count == CHUNK) {
        flush();
      }
      if (position == limit) {
        fill();
      }
    }
    return next();
  }

  /** Takes whatever stands between the symbols, or an escaped one of them. */
  private void take(int b) throws IOException {
    var meaning = MEANING[b];
    if (meaning > PADDING && !padded) {
      symbols[count++] = meaning;
      if (count == CHUNK) {
        flush();
      }
    } else if (meaning == PADDING) {
      padded = true;
    } else if (b == ':' && isDataPrefix()) {
      skipPrefix();
    } else if (meaning != SPACE) {
      throw new IOException("not Base64");
    }
  }

  private void fill() throws IOException {
    position = 0;
    limit = Math.max(json.read(input), 0);
    if (limit == 0) {
      throw new IOException("the answer ends in the middle of an image");
    }
  }

  private int next() throws IOException {
    if (position == limit) {
      fill();
    }
    return input[position++] & 0xff;
  }

  private int unescaped() throws IOException {
    var escape = next();
    return switch (escape) {
      case 'n', 'r', 't' -> ' ';
      case 'u' -> {
        var hex =
            new String(new char[] {(char) next(), (char) next(), (char) next(), (char) next()});
        try {
          yield Math.min(Integer.parseInt(hex, 16), 0xff);
        } catch (NumberFormatException e) {
          throw new IOException("not Base64", e);
        }
      }
      default -> escape;
    };
  }

  private boolean isDataPrefix() {
    return !anythingDecoded && new String(symbols, 0, count, ISO_8859_1).equals("data");
  }

  private void skipPrefix() throws IOException {
    var b = next();
    while (b != ',') {
      if (MEANING[b] == QUOTE) {
        throw new IOException("not Base64");
      }
      b = next();
    }
    count = 0;
  }

  private void flush() throws IOException {
    try {
      decoded.write(
          Base64.getDecoder().decode(count == CHUNK ? symbols : Arrays.copyOf(symbols, count)));
    } catch (IllegalArgumentException e) {
      throw new IOException("not Base64", e);
    }
    anythingDecoded = true;
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
    meanings['"'] = QUOTE;
    meanings['\\'] = BACKSLASH;
    meanings['='] = PADDING;
    return meanings;
  }
}
