package dev.nectar.http.answer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A stream that can be looked ahead in. While it is inside an event, it ends where the event's data
 * does, whose lines it joins.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class ByteWindow {

  static final int SIZE = 32 * 1024;

  /** In the place of a byte, where there is none. */
  static final int END = -1;

  private static final String DATA = "data:";

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int position;
  private int limit;
  private boolean inEvent;
  private boolean eventEnded;

  ByteWindow(InputStream in) {
    this.in = in;
  }

  /**
   * Brings so many bytes within reach.
   *
   * @return whether there are so many, and not more than {@link #SIZE}
   */
  boolean has(int count) throws IOException {
    if (eventEnded || count > SIZE) {
      return false;
    }
    while (limit - position < count) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
      var read = in.read(buffer, limit, SIZE - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  /** How many bytes are within reach. */
  int available() {
    return eventEnded ? 0 : limit - position;
  }

  /** The byte at a distance within reach. */
  int at(int distance) {
    return buffer[position + distance] & 0xff;
  }

  /** The next bytes, within reach, which stay. */
  byte[] head(int length) {
    return Arrays.copyOfRange(buffer, position, position + length);
  }

  /** Fills it with the next bytes, within reach, which stay. */
  void copyTo(byte[] target) {
    System.arraycopy(buffer, position, target, 0, target.length);
  }

  /** Passes over bytes within reach. */
  void skip(int count) {
    position += count;
  }

  /** The next byte, which stays; {@link #END} at the end of the stream. */
  int peek() throws IOException {
    return has(1) ? at(0) : END;
  }

  /** The next byte; {@link #END} at the end of the stream or of the event. */
  int next() throws IOException {
    if (!has(1)) {
      return END;
    }
    var b = at(0);
    position++;
    return inEvent && (b == '\n' || b == '\r') ? afterLine(b) : b;
  }

  private int afterLine(int end) throws IOException {
    if (end == '\r' && peek() == '\n') {
      position++;
    }
    eventEnded = !skipWord(DATA);
    return eventEnded ? END : '\n';
  }

  /** Passes on all that is left. */
  void transferTo(OutputStream out) throws IOException {
    while (has(1)) {
      out.write(buffer, position, limit - position);
      position = limit;
    }
  }

  /** Passes over this word if it comes next; waits for no byte more than it takes to tell. */
  boolean skipWord(String word) throws IOException {
    if (!isWord(0, word)) {
      return false;
    }
    position += word.length();
    return true;
  }

  /**
   * Goes on from the end of a JSON string to the start of one in the next event, the first of this
   * name there; stays where it is if that has none.
   */
  boolean skipToNextEvent(String name) throws IOException {
    var at = 0;
    while (inEvent && has(at + 1) && !isLineEnd(at)) {
      at++;
    }
    while (has(at + 1) && isLineEnd(at)) {
      at++;
    }
    if (!isWord(at, DATA)) {
      return false;
    }
    var quoted = "\"" + name + "\"";
    while (has(at + 1) && !isLineEnd(at) && !isWord(at, quoted)) {
      at++;
    }
    if (!isWord(at, quoted)) {
      return false;
    }
    at += quoted.length();
    while (has(at + 1) && (at(at) == ' ' || at(at) == ':')) {
      at++;
    }
    if (!isWord(at, "\"")) {
      return false;
    }
    skip(at + 1);
    return true;
  }

  private boolean isLineEnd(int index) {
    return at(index) == '\n' || at(index) == '\r';
  }

  private boolean isWord(int index, String word) throws IOException {
    for (var i = 0; i < word.length(); i++) {
      if (!has(index + i + 1) || at(index + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void enterEvent() {
    inEvent = true;
    eventEnded = false;
  }

  /** Leaves the event and passes over what is left of it. */
  void leaveEvent() throws IOException {
    while (next() != END) {}
    inEvent = false;
    eventEnded = false;
  }

  /**
   * The bytes of the next character of a JSON string: one of its own, or an escape's.
   *
   * @return 1, 2 or 6; 0 if the stream ends before
   */
  int unitLength() throws IOException {
    if (!has(1)) {
      return 0;
    }
    if (at(0) != '\\') {
      return 1;
    }
    if (!has(2)) {
      return 0;
    }
    return at(1) != 'u' ? 2 : has(6) ? 6 : 0;
  }

  /** The character of that unit: a byte as it is, or what the escape stands for. */
  int unit(int length) {
    return switch (length) {
      case 1 -> at(0);
      case 2 ->
          switch (at(1)) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> at(1);
          };
      default -> codeUnit();
    };
  }

  private int codeUnit() {
    var value = 0;
    for (var i = 2; i < 6; i++) {
      var digit = Character.digit(at(i), 16);
      if (digit < 0) {
        return Character.MAX_VALUE;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
