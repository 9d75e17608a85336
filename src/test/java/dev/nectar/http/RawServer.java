package dev.nectar.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback address that misbehaves as told. */
public final class RawServer implements AutoCloseable {

  /** What one connection gets. The peer's going away ends it, and is no failure. */
  @FunctionalInterface
  public interface Script {
    void run(Connection peer) throws IOException;
  }

  /** One peer, seen from the server. */
  public record Connection(Socket socket, List<String> heads) {

    /** The request's head; empty if the peer has gone. */
    public String head() throws IOException {
      var head = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        head.append((char) b);
        if (head.toString().endsWith("\r\n\r\n")) {
          heads.add(head.toString());
          return head.toString();
        }
      }
      return "";
    }

    /** So many bytes of the request. */
    public String body(int length) throws IOException {
      return new String(socket.getInputStream().readNBytes(length), UTF_8);
    }

    public void send(String text) throws IOException {
      send(text.getBytes(ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** Sends the same piece over and over, at once, so many bytes in all. */
    public void flood(byte[] piece, long length) throws IOException {
      for (long sent = 0; sent < length; sent += piece.length) {
        send(piece);
      }
    }

    /** The peer is told that the connection never was. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Says nothing until the peer goes. */
    public void hang() throws IOException {
      while (socket.getInputStream().read() >= 0) {}
    }

    /** Sends the same piece over and over, slowly, until the peer goes. */
    public void dribble(String piece) throws IOException {
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

    /** Answers every request of the connection alike. */
    public void always(String answer) throws IOException {
      always(answer.getBytes(ISO_8859_1));
    }

    /** The same, for an answer that all connections share. */
    public void always(byte[] answer) throws IOException {
      while (!head().isEmpty()) {
        send(answer);
      }
    }
  }

  private final ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Set<Socket> peers = ConcurrentHashMap.newKeySet();

  public RawServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  /**
   * @param listener is closed with this
   */
  public RawServer(ServerSocket listener, Script script) {
    this.listener = listener;
    Thread.startVirtualThread(() -> {
      while (!listener.isClosed()) {
        accept(script);
      }
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
      script.run(new Connection(socket, heads));
    } catch (IOException e) {
      // The peer has gone.
    }
  }

  public static RawServer answering(String answer) throws IOException {
    return new RawServer(peer -> peer.always(answer));
  }

  public static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  public static String redirect(URI location) {
    return "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(location);
  }

  public int port() {
    return listener.getLocalPort();
  }

  URI url() {
    return url("127.0.0.1");
  }

  URI url(String host) {
    return URI.create("http://" + host + ":" + port() + "/file");
  }

  public int connections() {
    return connections.get();
  }

  public List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var peer : peers) {
      peer.close();
    }
  }
}
