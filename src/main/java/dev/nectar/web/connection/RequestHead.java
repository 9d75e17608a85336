package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A request as it came over the wire, looked at before anything is made of it. */
final class RequestHead {

  private static final List<String> METHODS = List.of("GET ", "HEAD ");

  private static final String PROTOCOL = " HTTP/1.1";

  /** Has to be asked to leave a connection open. */
  private static final String OLD_PROTOCOL = " HTTP/1.0";

  /** With any of them there may be more to it than a head and a whole answer. */
  private static final List<String> UNUSUAL =
      List.of("content-", "transfer-", "expect", "upgrade", "http2-", "range");

  private static final String CONNECTION = "connection:";

  private static final String KEEP_ALIVE = "keep-alive";

  private RequestHead() {}

  /**
   * What it asks for, as it was sent; empty unless all that has arrived is one whole request that
   * asks for something, brings nothing, and leaves the connection as it is.
   */
  static Optional<String> target(ByteBuffer arrived) {
    var text = ISO_8859_1.decode(arrived.duplicate()).toString();
    if (!text.endsWith("\r\n\r\n")) {
      return Optional.empty();
    }
    var line = text.substring(0, text.indexOf("\r\n"));
    var method = METHODS.stream().filter(line::startsWith).findFirst();
    return method.isPresent() && staysOpen(line, text) && isPlain(text, line.length() + 2)
        ? Optional.of(line.substring(method.get().length(), line.length() - PROTOCOL.length()))
        : Optional.empty();
  }

  private static boolean staysOpen(String line, String text) {
    return line.endsWith(PROTOCOL)
        || (line.endsWith(OLD_PROTOCOL)
            && text.lines().anyMatch(field -> begins(field, 0, CONNECTION)));
  }

  /** Whether the header fields, from there on, say nothing of a body or of the connection. */
  private static boolean isPlain(String text, int from) {
    var start = from;
    while (start < text.length() - 2) {
      var end = text.indexOf('\n', start);
      if (end <= start + 1 || text.charAt(end - 1) != '\r' || !isPlain(text, start, end - 1)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean isPlain(String text, int start, int end) {
    if (Character.isWhitespace(text.charAt(start))) {
      return false;
    }
    if (begins(text, start, CONNECTION)) {
      return text.substring(start + CONNECTION.length(), end).strip().equalsIgnoreCase(KEEP_ALIVE);
    }
    return UNUSUAL.stream().noneMatch(name -> begins(text, start, name));
  }

  private static boolean begins(String text, int start, String name) {
    return text.regionMatches(true, start, name, 0, name.length());
  }
}
