package dev.nectar.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns away, in words, the connections that a client address has beyond its share. */
class BoundedEndpoint extends NioEndpoint {

  private static final Logger log = LoggerFactory.getLogger(BoundedEndpoint.class);

  /** A close at once would take the words with it: the client's request has not been read. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private static final int MAX_LINGERING = 256;

  private final Semaphore lingering = new Semaphore(MAX_LINGERING);

  private volatile @Nullable ClientConnections clients;

  void admitOnly(ClientConnections admitted) {
    clients = admitted;
  }

  /** Whoever says true here has taken the socket over, and has to count it down. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    if (isAdmitted(socket)) {
      return super.setSocketOptions(socket);
    }
    if (lingering.tryAcquire()) {
      Thread.ofVirtual().name("turned-away").start(() -> refuse(socket));
    } else {
      destroySocket(socket);
    }
    return true;
  }

  private boolean isAdmitted(SocketChannel socket) {
    try {
      var known = clients;
      return known == null || known.admits(socket, socket.getRemoteAddress());
    } catch (IOException e) {
      log.debug("Client gone: {}", e.toString());
      return false;
    }
  }

  private void refuse(SocketChannel socket) {
    try {
      socket.write(ByteBuffer.wrap(refusal()));
      socket.shutdownOutput();
      await(socket);
    } catch (IOException e) {
      log.debug("Client gone: {}", e.toString());
    } finally {
      lingering.release();
      destroySocket(socket);
    }
  }

  private static byte[] refusal() {
    var id = RequestId.next();
    var body =
        """
        {"title":"Too many connections","status":503,\
        "detail":"This address has as many connections as it may have.","requestId":"%s",\
        "success":false,"error":{"code":"SERVICE_UNAVAILABLE",\
        "message":"This address has as many connections as it may have."}}\
        """
            .formatted(id);
    var head =
        """
        HTTP/1.1 503 Service Unavailable\r
        Content-Type: application/problem+json\r
        Content-Length: %d\r
        Retry-After: 5\r
        Cache-Control: no-store\r
        X-Request-Id: %s\r
        Connection: close\r
        \r
        """
            .formatted(body.length(), id);
    return (head + body).getBytes(US_ASCII);
  }

  /** Waits for the client to have heard, and passes over what it says. */
  private static void await(SocketChannel socket) throws IOException {
    var end = System.nanoTime() + LINGER.toNanos();
    socket.socket().setSoTimeout((int) LINGER.toMillis());
    var input = socket.socket().getInputStream();
    var buffer = new byte[1024];
    while (input.read(buffer) >= 0 && System.nanoTime() < end) {
      // what it asks for is not answered
    }
  }
}
