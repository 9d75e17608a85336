package dev.nectar.cache.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a port on this machine, on which packets may vanish without a trace. */
final class VanishingPath implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger vanished = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final int target;

  VanishingPath(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  /** Whoever is connected now hears nothing more; whoever comes later does. */
  void vanish() {
    vanished.set(accepted.get());
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, server));
        var number = accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> carry(number, client, server));
        Thread.ofVirtual().start(() -> carry(number, server, client));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void carry(int number, Socket from, Socket to) {
    try {
      var buffer = new byte[8_192];
      var in = from.getInputStream();
      for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (number > vanished.get()) {
          to.getOutputStream().write(buffer, 0, length);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them has gone, and this way with it.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (var socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
