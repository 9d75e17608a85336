package dev.nectar.server;

import static dev.nectar.server.Lie.bytes;
import static dev.nectar.server.Lie.file;
import static dev.nectar.server.Lie.told;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nectar.http.RawServer;
import dev.nectar.http.RawServer.Connection;
import dev.nectar.image.SampleImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Lies of the connection and of HTTP. */
final class WireLies {

  private static final String PNG = new String(SampleImages.png(3_000, 5), ISO_8859_1);
  private static final String JSON =
      Lie.painting(Base64.getEncoder().encodeToString(PNG.getBytes(ISO_8859_1)));
  private static final String ANSWER = RawServer.ok(JSON);

  private WireLies() {}

  static Stream<Lie> all() {
    return Stream.of(connections(), heads(), lengths(), encodings(), redirects())
        .flatMap(lies -> lies);
  }

  private static Stream<Lie> connections() {
    var breaks = IntStream.of(0, 5, 20, ANSWER.indexOf('{'), 1_000, ANSWER.length() - 10);
    return Stream.concat(
        breaks.boxed().flatMap(WireLies::broken),
        Stream.of(
            bytes("garbage", "\0\1\2\3\4\5\6\7".repeat(1_000)),
            bytes("another protocol", "220 ftp.example.com ready\r\n"),
            bytes("another version", ANSWER.replace("HTTP/1.1", "HTTP/7.3")),
            bytes("no such status", ANSWER.replace("200", "99")),
            bytes("upgrade", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")));
  }

  private static Stream<Lie> broken(int after) {
    var part = ANSWER.substring(0, after);
    return Stream.of(
        bytes("closed after %d bytes".formatted(after), part),
        told(
            "reset after %d bytes".formatted(after),
            peer -> {
              peer.send(part);
              peer.reset();
            }));
  }

  private static Stream<Lie> heads() {
    return Stream.of(
        head("thousands of headers", "X-More: of the same\r\n".repeat(5_000)),
        flood("headers without end", "X-More: of the same\r\n"),
        flood("a huge header", "X-Long: no end yet no end yet no end"),
        head("a header of no name", ": x\r\n"),
        head("no header", "what?\r\n"),
        flood("a huge status line", " no end yet no end yet no end yet"));
  }

  private static Stream<Lie> lengths() {
    return Stream.of(
        head("length too short", "Content-Length: 900\r\n"),
        head("length too long", "Content-Length: 100000\r\n", JSON.substring(0, 900)),
        head("length negative", "Content-Length: -1\r\n"),
        head("length immense", "Content-Length: 99999999999999999999\r\n"),
        head("length in words", "Content-Length: many\r\n"),
        head("chunk of no size", "Transfer-Encoding: chunked\r\n", "what?\r\n" + JSON),
        head("chunk immense", "Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFF\r\n" + JSON),
        head("chunk too short", "Transfer-Encoding: chunked\r\n", "100\r\n" + JSON),
        head("coding unknown", "Transfer-Encoding: lzma\r\n", "lzma"),
        fileHead("file of no length, cut", "", PNG.substring(0, 2_000)),
        fileHead("file of length too short", "Content-Length: 2000\r\n", PNG),
        fileHead("file of length too long", "Content-Length: 3000\r\n", PNG.substring(0, 2_000)));
  }

  private static Stream<Lie> encodings() {
    var gzip = "Content-Encoding: gzip\r\n";
    return Stream.of(
        head("gzip bomb", gzip, gzip("{\"data\":[{\"b64_json\":\"", "A".repeat(1_000), 20_000)),
        head("gzip in name only", gzip, "{"),
        head("brotli", "Content-Encoding: br\r\n", JSON),
        fileHead("gzip bomb file", gzip, gzip(PNG, "\0".repeat(1_000), 20_000)));
  }

  private static Stream<Lie> redirects() {
    return Stream.concat(
        IntStream.of(301, 302, 303, 307, 308)
            .mapToObj(status -> told("moved with " + status, peer -> redirect(peer, status))),
        Stream.of(
            file("file in a loop", peer -> moved(peer, Lie.url(peer, "file in a loop"))),
            file("file moved to a file", peer -> moved(peer, "file:///etc/passwd")),
            file("file moved nowhere", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"),
            file("file gone", "HTTP/1.1 404 Gone\r\nContent-Length: 3\r\n\r\n" + "PNG"),
            file("file reset", Connection::reset)));
  }

  /** To the address of a picture, which is never to be asked for, least of all with a token. */
  private static void redirect(Connection peer, int status) throws IOException {
    peer.send(
        "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
            .formatted(status, Lie.url(peer, "canary")));
  }

  private static void moved(Connection peer, String location) throws IOException {
    peer.send("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
  }

  private static Lie flood(String name, String piece) {
    return told(
        name,
        peer -> {
          peer.send("HTTP/1.1 200 OK" + (piece.startsWith("X") ? "\r\n" : ""));
          peer.flood(piece.getBytes(ISO_8859_1), 10_000_000);
        });
  }

  private static Lie head(String name, String headers) {
    return head(name, headers, JSON);
  }

  private static Lie head(String name, String headers, String body) {
    return bytes(name, "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body);
  }

  private static Lie fileHead(String name, String headers, String body) {
    return file(name, "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body);
  }

  private static String gzip(String first, String text, int times) {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(first.getBytes(ISO_8859_1));
      var bytes = text.getBytes(ISO_8859_1);
      for (var i = 0; i < times; i++) {
        gzip.write(bytes);
      }
    } catch (IOException e) {
      throw new AssertionError("memory fails never", e);
    }
    return zipped.toString(ISO_8859_1);
  }
}
