package dev.nectar.cache.redis;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a port on this machine, on which packets may be late, held up, or vanish. */
final class VanishingPath implements AutoCloseable {

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger vanished = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final int target;
  private final Duration delay;
  private volatile CountDownLatch open = new CountDownLatch(0);

  VanishingPath(int target) throws IOException {
    this(target, Duration.ZERO);
  }

  /**
   * @param delay in either direction
   */
  VanishingPath(int target, Duration delay) throws IOException {
    this.target = target;
    this.delay = delay;
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

  /** Nothing arrives until it is released, on no connection. */
  void hold() {
    open = new CountDownLatch(1);
  }

  void release() {
    open.countDown();
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
    try (var line = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      var buffer = new byte[8_192];
      var length = 0;
      do {
        length = from.getInputStream().read(buffer);
        var packet = Arrays.copyOf(buffer, Math.max(length, 0));
        var _ = line.schedule(() -> arrive(number, packet, to), delay.toNanos(), NANOSECONDS);
      } while (length >= 0);
    } catch (IOException e) {
      // It has gone, and this way with it.
    }
  }

  /**
   * @param packet empty: the last one
   */
  private boolean arrive(int number, byte[] packet, Socket to)
      throws IOException, InterruptedException {
    open.await();
    if (packet.length == 0) {
      to.shutdownOutput();
    } else if (number > vanished.get()) {
      to.getOutputStream().write(packet);
    }
    return true;
  }

  @Override
  public void close() {
    release();
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
