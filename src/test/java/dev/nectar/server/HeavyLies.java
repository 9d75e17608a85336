package dev.nectar.server;

import static dev.nectar.server.Lie.file;
import static dev.nectar.server.Lie.told;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nectar.http.RawServer.Script;
import java.util.Base64;
import java.util.stream.Stream;

/** Lies of 200 MB each. */
final class HeavyLies {

  private static final long LENGTH = 200_000_000;
  private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";
  private static final String PNG = "\u0089PNG\r\n\u001a\n\u007f\0\0\0IDAT";
  private static final String BASE64 =
      Base64.getEncoder().encodeToString((PNG + "\0\0").getBytes(ISO_8859_1));

  private HeavyLies() {}

  static Stream<Lie> all() {
    return Stream.of(
        told("a text", endless(OK + "{\"message\":\"", "a")),
        told("escapes", endless(OK + "{\"message\":\"", "\\u0061")),
        told("space", endless(OK, " \n")),
        told("nesting", endless(OK + "{\"data\":", "[")),
        told("digits", endless(OK + "{\"data\":", "9")),
        told("a name", endless(OK + "{\"", "a")),
        told("names", endless(OK + "{", "\"a\":1,")),
        told("messages", endless(OK + "{", "\"message\":\"" + "a".repeat(60_000) + "\",")),
        told("empty arrays", endless(OK + "{\"data\":[", "[],")),
        told("an image", endless(OK + "{\"data\":[{\"b64_json\":\"" + BASE64, "AAAA")),
        told("line breaks", endless(OK + "{\"data\":[{\"b64_json\":\"" + BASE64, "\\n")),
        told("a data prefix", endless(OK + "{\"data\":[{\"b64_json\":\"data:", "a")),
        told("small pictures", endless(OK + "{\"message\":\"", "data:image/png;base64,iVBO ")),
        told("events", endless(OK, "data: {\"a\":[]}\n\n")),
        told("comments", endless(OK, ": wait\n")),
        told("an error", endless("HTTP/1.1 500 Sorry\r\n\r\n", "a")),
        told("a bad request", endless("HTTP/1.1 400 No\r\n\r\n{\"message\":\"", "[")),
        told("headers", endless("HTTP/1.1 200 OK\r\n", "X-More: of the same\r\n")),
        told("a header", endless("HTTP/1.1 200 OK\r\nX-Long: ", "a")),
        file("a file", endless(OK + PNG, "\0")));
  }

  private static Script endless(String opening, String piece) {
    var times = Math.max(1, 16_000 / piece.length());
    var pieces = piece.repeat(times).getBytes(ISO_8859_1);
    return peer -> {
      peer.send(opening);
      peer.flood(pieces, LENGTH);
    };
  }
}
