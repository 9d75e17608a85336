package dev.nectar.hosting;

import dev.nectar.http.RawServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** An image host on the loopback address that does as told, one request a connection. */
final class UploadServer implements AutoCloseable {

  /** What one connection gets. */
  @FunctionalInterface
  interface Script {
    void run(Peer peer) throws IOException;
  }

  /** A request as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Upload(String head, byte[] body) {

    String line() {
      return head.lines().findFirst().orElse("");
    }

    /** The header's value; fails unless there is exactly one. */
    String header(String name) {
      var values = headers(name);
      if (values.size() != 1) {
        throw new AssertionError(name + " " + values + " in " + head);
      }
      return values.getFirst();
    }

    List<String> headers(String name) {
      return Pattern.compile("(?im)^" + Pattern.quote(name) + ": (.*?)\r?$")
          .matcher(head)
          .results()
          .map(match -> match.group(1))
          .toList();
    }
  }

  /** Who uploads, seen from the server. */
  record Peer(RawServer.Connection connection, List<Upload> uploads, CountDownLatch closed) {

    /** Takes the whole request, which states its length. */
    Upload upload() throws IOException {
      var head = new Upload(connection.head(), new byte[0]);
      var length = Integer.parseInt(head.header("Content-Length"));
      var upload = new Upload(head.head(), connection.socket().getInputStream().readNBytes(length));
      uploads.add(upload);
      return upload;
    }

    void answer(int status, String body) throws IOException {
      connection.send(
          "HTTP/1.1 %d Status\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(status, body.length(), body));
    }

    /** Takes nothing, not even notice of the peer's going. */
    void ignore() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  private final List<Upload> uploads = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RawServer server;

  UploadServer(Script script) throws IOException {
    server = new RawServer(connection -> script.run(new Peer(connection, uploads, closed)));
  }

  /** A server that takes the whole request and then answers like this. */
  static UploadServer answering(int status, String body) throws IOException {
    return new UploadServer(peer -> {
      peer.upload();
      peer.answer(status, body);
    });
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  int connections() {
    return server.connections();
  }

  /** The whole requests so far. */
  List<Upload> uploads() {
    return uploads;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }
}
