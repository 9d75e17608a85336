package dev.nectar.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** RFC 9110, 8.4: bodies as they were before they were compressed. */
public final class ContentCoding {

  private static final int BUFFER_BYTES = 8192;

  private static final Pattern CODINGS = Pattern.compile("[a-z0-9, -]{1,30}");

  private ContentCoding() {}

  /** A coding that is not understood. */
  public static final class UnknownException extends IOException {

    private static final long serialVersionUID = 1L;

    UnknownException(String coding) {
      super("encoding " + coding);
    }
  }

  /**
   * The body of a response, decoded; empty if it has none. It may be far larger than what was sent,
   * and is to be closed.
   *
   * @throws UnknownException if its coding is neither {@code gzip} nor {@code deflate}
   */
  public static InputStream decoded(ClassicHttpResponse response) throws IOException {
    var body = HttpCalls.body(response);
    var header = response.getFirstHeader("Content-Encoding");
    var coding = header == null ? "" : header.getValue().strip().toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> gunzipped(body);
      case "deflate" -> inflated(body);
      default -> throw new UnknownException(CODINGS.matcher(coding).matches() ? coding : "unknown");
    };
  }

  private static InputStream gunzipped(InputStream body) throws IOException {
    var ahead = new PushbackInputStream(body);
    var first = ahead.read();
    if (first < 0) {
      return ahead;
    }
    ahead.unread(first);
    return new GZIPInputStream(ahead, BUFFER_BYTES);
  }

  /** With the header of zlib, as it should be, or without it, as it often is. */
  private static InputStream inflated(InputStream body) throws IOException {
    var ahead = new PushbackInputStream(body, 2);
    var head = ahead.readNBytes(2);
    ahead.unread(head);
    var isZlib =
        head.length == 2
            && (head[0] & 0x0f) == 8
            && ((head[0] & 0xff) << 8 | (head[1] & 0xff)) % 31 == 0;
    return new InflaterInputStream(ahead, new Inflater(!isZlib), BUFFER_BYTES) {
      @Override
      public void close() throws IOException {
        super.close();
        inf.end();
      }
    };
  }
}
