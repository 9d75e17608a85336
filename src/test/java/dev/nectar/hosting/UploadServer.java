package dev.nectar.hosting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** An image host on the loopback address that does as told, one request a connection. */
final class UploadServer implements AutoCloseable {

  /** What one connection gets. The peer's going away ends it, and is no failure. */
  @FunctionalInterface
  interface Script {
    void run(Connection peer) throws IOException;
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

  /** One peer, seen from the server. */
  record Connection(Socket socket, List<Upload> uploads, CountDownLatch closed) {

    String head() throws IOException {
      var head = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        head.append((char) b);
        if (head.toString().endsWith("\r\n\r\n")) {
          return head.toString();
        }
      }
      throw new IOException("the peer has gone");
    }

    /** The whole request, which states its length. */
    Upload upload() throws IOException {
      var upload = new Upload(head(), new byte[0]);
      var length = Integer.parseInt(upload.header("Content-Length"));
      upload = new Upload(upload.head(), socket.getInputStream().readNBytes(length));
      uploads.add(upload);
      return upload;
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    void answer(int status, String body) throws IOException {
      send(
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

    /** Says nothing until the peer goes. */
    void hang() throws IOException {
      while (socket.getInputStream().read() >= 0) {}
    }

    /** Sends the same piece over and over, slowly, until the peer goes. */
    void dribble(String piece) throws IOException {
      socket.setSoTimeout(20);
      for (var peerIsThere = true; peerIsThere; ) {
        send(piece);
        try {
          peerIsThere = socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
          // Still there, and silent: that was the pause.
        }
      }
    }
  }

  private final ServerSocket listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Upload> uploads = new CopyOnWriteArrayList<>();
  private final Set<Socket> peers = ConcurrentHashMap.newKeySet();

  UploadServer(Script script) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      while (!listener.isClosed()) {
        accept(script);
      }
    });
  }

  /** A server that takes the whole request and then answers like this. */
  static UploadServer answering(int status, String body) throws IOException {
    return new UploadServer(peer -> {
      peer.upload();
      peer.answer(status, body);
    });
  }

  private void accept(Script script) {
    try {
      var socket = listener.accept();
      connections.incrementAndGet();
      peers.add(socket);
      Thread.startVirtualThread(() -> serve(socket, script));
    } catch (IOException e) {
      // The listener was closed.
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      script.run(new Connection(socket, uploads, closed));
    } catch (IOException e) {
      // The peer has gone.
    }
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  int connections() {
    return connections.get();
  }

  /** The whole requests so far. */
  List<Upload> uploads() {
    return uploads;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (var peer : peers) {
      peer.close();
    }
  }
}
