package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nectar.http.answer.Base64Text.Extent;
import dev.nectar.image.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text without its pictures: each is decoded to a file as it streams by, and a {@linkplain
 * #reference} stands in its place. Other strings are kept up to a length, so that the text of an
 * answer is small however long it is.
 */
final class PicturelessJson extends InputStream {

  /** Longer than this, a string may be a picture; it tells by then which. */
  private static final int PEEKED = 256;

  private static final int MAX_STRING = 64 * 1024;

  private static final int MAX_START = 64 * 1024;

  private static final String REFERENCE = "data:image/staged;base64,";

  private static final String SCHEME = "data:";
  private static final int LONGEST_PREFIX = 128;

  /** As it stands in JSON, where a slash may be escaped. */
  private static final Pattern DATA_PREFIX =
      Pattern.compile("(?i)data:(?<type>[^;]*)(?:;[^;]*)*;base64,");

  private final ByteWindow json;
  private final StagedPictures pictures;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream();
  private byte[] out = new byte[1024];
  private int outPosition;
  private int outLimit;
  private final int maxString;
  private final int maxKept;
  private int kept;

  /** Of the string that is being read: how much was kept; -1 outside of one. */
  private int inString = -1;

  private boolean afterLetter;

  /** The start of the last string, which is the name of what comes next. */
  private final StringBuilder name = new StringBuilder();

  private boolean isContent;

  /**
   * @param maxKept of all strings together; what is over is left out
   */
  PicturelessJson(ByteWindow json, StagedPictures pictures, int maxKept) {
    this(json, pictures, MAX_STRING, maxKept);
  }

  private PicturelessJson(ByteWindow json, StagedPictures pictures, int maxString, int maxKept) {
    this.json = json;
    this.pictures = pictures;
    this.maxString = maxString;
    this.maxKept = maxKept;
  }

  /** One that leaves out nothing but pictures. */
  static PicturelessJson whole(ByteWindow json, StagedPictures pictures) {
    return new PicturelessJson(json, pictures, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  static String reference(int number) {
    return REFERENCE + number;
  }

  /** The number of the picture that this text stands for; null if it stands for none. */
  static @Nullable Integer referred(String text) {
    if (!text.startsWith(REFERENCE)) {
      return null;
    }
    var number = text.substring(REFERENCE.length());
    return number.matches("\\d{1,9}") ? Integer.valueOf(number) : null;
  }

  /** How much of the strings was kept. */
  int kept() {
    return kept;
  }

  /** The first of what was read from this. */
  byte[] start() {
    return start.toByteArray();
  }

  void readStart() throws IOException {
    var bytes = new byte[1024];
    while (start.size() < MAX_START && read(bytes, 0, bytes.length) > 0) {}
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Returns as soon as there is anything: what comes next may take its time. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (outPosition == outLimit && !refill()) {
      return -1;
    }
    var count = Math.min(length, outLimit - outPosition);
    System.arraycopy(out, outPosition, bytes, offset, count);
    start.write(bytes, offset, Math.min(count, MAX_START - start.size()));
    outPosition += count;
    return count;
  }

  private boolean refill() throws IOException {
    outPosition = 0;
    outLimit = 0;
    do {
      if (!(inString < 0 ? passStructure() : passString())) {
        return outLimit > 0;
      }
    } while (outLimit == 0 || (json.available() > 0 && outLimit < ByteWindow.SIZE));
    return true;
  }

  /** Passes what stands outside of strings, up to the next one. */
  private boolean passStructure() throws IOException {
    var b = json.next();
    if (b == ByteWindow.END) {
      return false;
    }
    put(b);
    if (b == '"') {
      openString();
    }
    return true;
  }

  private void openString() throws IOException {
    inString = 0;
    afterLetter = false;
    isContent = name.toString().equals(Base64Text.CONTENT);
    name.setLength(0);
    var length = peekString();
    if (length < PEEKED || pictures.isFull()) {
      return;
    }
    if (isPicture(json, length)) {
      stage(Extent.STRING);
    } else {
      stageDataUrl(true);
    }
  }

  /**
   * Whether the Base64 that comes next opens like a picture.
   *
   * @param length of it
   */
  static boolean isPicture(ByteWindow base64, int length) throws IOException {
    var peeked = Math.min(length, PEEKED);
    return base64.has(peeked) && ImageFormat.of(Base64Text.peek(base64, peeked)).isPresent();
  }

  /** How much of the string is within reach, {@link #PEEKED} at most, once that tells enough. */
  private int peekString() throws IOException {
    var length = 0;
    while (length < PEEKED && json.has(length + 1) && json.at(length) != '"') {
      length += json.at(length) == '\\' ? 2 : 1;
    }
    return json.has(length) ? Math.min(length, PEEKED) : json.available();
  }

  /** Passes one character of a string. */
  private boolean passString() throws IOException {
    var length = json.unitLength();
    if (length == 0) {
      return false;
    }
    var c = length == 1 ? json.at(0) : '\\';
    if (length == 1 && c == '"') {
      json.skip(1);
      put('"');
      inString = -1;
      return true;
    }
    if ((c == 'd' || c == 'D') && !afterLetter && !pictures.isFull() && stageDataUrl(false)) {
      return true;
    }
    afterLetter = Character.isLetterOrDigit(c);
    if (name.length() <= Base64Text.CONTENT.length()) {
      name.append((char) c);
    }
    if (inString < maxString && kept < maxKept) {
      inString += length;
      kept += length;
      for (var i = 0; i < length; i++) {
        put(json.at(i));
      }
    }
    json.skip(length - 1);
    return json.next() != ByteWindow.END;
  }

  /**
   * Stages the picture of a {@code data:} URL, if one comes next.
   *
   * @param ofAnyType whether it is one whatever type it claims
   */
  private boolean stageDataUrl(boolean ofAnyType) throws IOException {
    var length = 0;
    while (length < LONGEST_PREFIX && json.has(length + 1) && isOfPrefix(json.at(length), length)) {
      length++;
    }
    if (length <= SCHEME.length() || !json.has(length + 1) || json.at(length) != ',') {
      return false;
    }
    var prefix = DATA_PREFIX.matcher(word(length + 1));
    if (!prefix.matches()
        || !(ofAnyType || prefix.group("type").regionMatches(true, 0, "image", 0, 5))) {
      return false;
    }
    json.skip(length + 1);
    stage(isContent ? Extent.CHUNKS : Extent.WORD);
    return true;
  }

  private static boolean isOfPrefix(int c, int at) {
    return at < SCHEME.length()
        ? Character.toLowerCase(c) == SCHEME.charAt(at)
        : Character.isLetterOrDigit(c) || "/\\.+-_;=".indexOf(c) >= 0;
  }

  private String word(int length) {
    return new String(json.head(length), ISO_8859_1);
  }

  private void stage(Extent extent) throws IOException {
    var number =
        pictures.add(bytes -> {
          Base64Text.decode(json, extent, bytes);
          if (!json.has(1)) {
            throw new EOFException("the answer ends in the middle of a picture");
          }
        });
    for (var b : reference(number).getBytes(US_ASCII)) {
      put(b);
    }
    while (extent == Extent.STRING && !isAtQuote()) {
      if (json.unitLength() == 0) {
        return;
      }
      json.skip(json.unitLength());
    }
  }

  private boolean isAtQuote() throws IOException {
    return json.peek() == '"';
  }

  private void put(int b) {
    if (outLimit == out.length) {
      out = Arrays.copyOf(out, out.length * 2);
    }
    out[outLimit++] = (byte) b;
  }
}
