package dev.nectar.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of 127.0.0.1 where nobody answers: a listener whose queue is full leaves the next one's
 * first packet unanswered.
 */
final class DeadAddress implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> queue = new ArrayList<>();

  DeadAddress() throws IOException {
    var full = false;
    while (!full && queue.size() < 10) {
      full = !isQueued();
    }
    assumeTrue(full, "a queue that can be filled");
  }

  private boolean isQueued() throws IOException {
    var socket = new Socket();
    queue.add(socket);
    try {
      socket.connect(listener.getLocalSocketAddress(), 100);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : queue) {
      socket.close();
    }
  }
}
