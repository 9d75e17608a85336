package dev.nectar.server;

import static dev.nectar.server.Lie.file;
import static dev.nectar.server.Lie.told;

import dev.nectar.http.RawServer;
import dev.nectar.http.RawServer.Connection;
import dev.nectar.http.RawServer.Script;
import java.util.stream.Stream;

/** Lies that only a deadline ends. */
final class SlowLies {

  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  private SlowLies() {}

  static Stream<Lie> all() {
    return Stream.of(
        told("silence", Connection::hang),
        told("head by the byte", dribbling(HEAD + "X-Slow: ", "x")),
        told("header by header", dribbling(HEAD, "X-Slow: x\r\n")),
        told("interim answers", dribbling("", "HTTP/1.1 102 Processing\r\n\r\n")),
        told("json by the byte", dribbling(HEAD + "\r\n{\"message\":\"", "x")),
        told("space by the byte", dribbling(HEAD + "\r\n", " ")),
        told("base64 by the byte", dribbling(HEAD + "\r\n{\"data\":[{\"b64_json\":\"", "A")),
        told(
            "chunk by chunk", dribbling(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")),
        told("error by the byte", dribbling("HTTP/1.1 500 Sorry\r\n\r\n", "x")),
        told("refusal by the byte", dribbling("HTTP/1.1 400 No\r\n\r\n", "x")),
        told("length never reached", dribbling(HEAD + "Content-Length: 9999\r\n\r\n{", "")),
        file("file of silence", Connection::hang),
        file("file by the byte", dribbling(HEAD + "\r\n\u0089PNG\r\n\u001a\n\u007f", "x")),
        file("file in no time", dribbling("", "")),
        new Lie(
            "tls in silence",
            peer ->
                peer.send(
                    RawServer.ok(
                        "{\"data\":[{\"url\":\""
                            + Lie.url(peer, "x").replace("http:", "https:")
                            + "\"}]}")),
            Connection::hang));
  }

  private static Script dribbling(String opening, String piece) {
    return peer -> {
      peer.send(opening);
      peer.dribble(piece);
    };
  }
}
