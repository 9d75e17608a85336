package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.http.RawServer;
import dev.nectar.http.RawServer.Connection;
import dev.nectar.image.SampleImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A back end that answers as a row of {@code answers.json} says, and serves the picture it names.
 */
final class FieldServer implements AutoCloseable {

  static final int MAX_IMAGE_BYTES = 4_000_000;

  private static final String PATH = "/files";
  private static final String NAME = "/picture.png";

  private final JsonNode row;
  private final String token;
  private final byte[] picture;
  private final RawServer server;
  private final AtomicInteger downloads = new AtomicInteger();
  private volatile String prompt = "";

  FieldServer(JsonNode row, String token) throws IOException {
    this.row = row;
    this.token = token;
    var megabytes = row.path("pictureMegabytes").asInt(0);
    this.picture = SampleImages.png(megabytes == 0 ? 900 : megabytes * 1_000_000 - 1, 1);
    this.server = new RawServer(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  void knowsPrompt(String sent) {
    prompt = sent;
  }

  /** The request lines of downloads, without the protocol. */
  List<String> fetched() {
    return server.heads().stream()
        .filter(head -> head.startsWith("GET "))
        .map(head -> head.replaceFirst(" HTTP/1.1\r\n[\\s\\S]*", ""))
        .toList();
  }

  /** Whether this is the picture of the row, or one that stands in it. */
  void assertServed(byte[] bytes) {
    if (!Arrays.equals(bytes, picture)) {
      assertThat(row.get("body").toString()).contains(Base64.getEncoder().encodeToString(bytes));
    }
  }

  private void serve(Connection peer) throws IOException {
    for (var head = peer.head(); !head.isEmpty(); head = peer.head()) {
      if (head.startsWith("GET ")) {
        serveFile(peer);
      } else {
        peer.body(Integer.parseInt(head.replaceFirst("(?is).*content-length: (\\d+).*", "$1")));
        if (!answer(peer)) {
          return;
        }
      }
    }
  }

  private boolean answer(Connection peer) throws IOException {
    var drop = row.path("drop").asString("");
    if (drop.equals("connection")) {
      return false;
    }
    if (row.path("interim").asBoolean(false)) {
      peer.send("HTTP/1.1 102 Processing\r\n\r\n");
    }
    var body = encoded(body(row.get("body")), row.path("encoding").asString(""));
    var isOld = row.path("http10").asBoolean(false);
    var pieces = row.path("pieces").asInt(1);
    var head = new StringBuilder(isOld ? "HTTP/1.0 " : "HTTP/1.1 ");
    head.append(row.get("status").asString()).append(" Status\r\nContent-Type: ");
    head.append(row.path("type").asString("application/json")).append("\r\n");
    row.path("headers")
        .properties()
        .forEach(header ->
            head.append(header.getKey())
                .append(": ")
                .append(header.getValue().asString())
                .append("\r\n"));
    if (row.has("encoding")) {
      head.append("Content-Encoding: ").append(row.get("encoding").stringValue()).append("\r\n");
    }
    if (pieces > 1) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!isOld) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    peer.send(head + "\r\n");
    if (drop.equals("half")) {
      peer.send(Arrays.copyOf(body, body.length / 2));
      return false;
    }
    if (pieces > 1) {
      sendInPieces(peer, body, pieces);
    } else {
      peer.send(body);
    }
    return !isOld;
  }

  private static void sendInPieces(Connection peer, byte[] body, int pieces) throws IOException {
    var length = body.length / pieces + 1;
    for (var at = 0; at < body.length; at += length) {
      var piece = Arrays.copyOfRange(body, at, Math.min(at + length, body.length));
      peer.send(Integer.toHexString(piece.length) + "\r\n");
      peer.send(piece);
      peer.send("\r\n");
    }
    peer.send("0\r\n\r\n");
  }

  private void serveFile(Connection peer) throws IOException {
    var answers = row.path("link");
    var number = Math.min(downloads.getAndIncrement(), answers.size() - 1);
    var answer = number < 0 ? JsonMapper.shared().readTree("200") : answers.get(number);
    var status = answer.isObject() ? answer.path("status").asInt(200) : answer.asInt();
    var isPicture = answer.isObject() ? answer.path("picture").asBoolean(false) : status == 200;
    var content = isPicture ? picture : answer.path("body").toString().getBytes(UTF_8);
    var encoding = answer.path("encoding").asString("");
    var body = encoded(content, encoding);
    peer.send(
        "HTTP/1.1 %d Status\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(
                status,
                answer.path("type").asString(isPicture ? "image/png" : "application/json"),
                encoding.isEmpty() ? "" : "Content-Encoding: " + encoding + "\r\n",
                body.length));
    if (answer.path("drop").asString("").equals("half")) {
      peer.send(Arrays.copyOf(body, body.length / 2));
      peer.reset();
    }
    peer.send(body);
  }

  private static byte[] encoded(byte[] body, String encoding) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out =
        switch (encoding) {
          case "gzip" -> new GZIPOutputStream(bytes);
          case "deflate" -> new DeflaterOutputStream(bytes);
          default -> bytes;
        }) {
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private byte[] body(JsonNode body) {
    if (!body.isString()) {
      return filled(body).toString().getBytes(UTF_8);
    }
    return body.stringValue().equals("$BYTES")
        ? picture
        : filled(body.stringValue()).getBytes(UTF_8);
  }

  private JsonNode filled(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.propertyNames().forEach(name -> object.set(name, filled(object.get(name))));
    } else if (node instanceof ArrayNode array) {
      for (var i = 0; i < array.size(); i++) {
        array.set(i, filled(array.get(i)));
      }
    } else if (node.isString()) {
      return StringNode.valueOf(filled(node.stringValue()));
    }
    return node;
  }

  String filled(String text) {
    var origin = url();
    return text.replace("$PICTURE", Base64.getEncoder().encodeToString(picture))
        .replace("$WRAPPED", Base64.getMimeEncoder().encodeToString(picture))
        .replace("$URLSAFE", Base64.getUrlEncoder().encodeToString(picture))
        .replace("$LINK", origin + PATH + NAME)
        .replace("$ORIGIN", origin)
        .replace("$HOST", origin.replace("http://", ""))
        .replace("$PATH", PATH)
        .replace("$PROMPT", prompt)
        .replace("$TOKEN", token);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
