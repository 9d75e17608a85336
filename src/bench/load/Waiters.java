import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask for one picture and wait for it, and clients that ask for it, hang up a second
 * later and come back. Meanwhile a kept picture and /status are asked for in turn, over a new
 * connection each time. Arguments: the base of Nectar, the access key, how many of each kind, the
 * seconds that it lasts, the bound of the 99th percentiles in milliseconds. Ends with 1 above it.
 */
final class Waiters {

  private static final String HOST = "Host: localhost\r\n";

  private final InetSocketAddress nectar;
  private final String awaited;
  private final String kept;
  private final long end;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger hungUp = new AtomicInteger();

  private Waiters(URI nectar, String key, long seconds) {
    this.nectar = new InetSocketAddress(nectar.getHost(), nectar.getPort());
    this.awaited = "GET /prompt/awaited?key=" + key + " HTTP/1.1\r\n" + HOST + "\r\n";
    this.kept = "GET /prompt/kept?key=" + key + " HTTP/1.1\r\n" + HOST;
    this.end = System.nanoTime() + seconds * 1_000_000_000;
  }

  static void main(String[] args) throws IOException, InterruptedException {
    var clients = new Waiters(URI.create(args[0]), args[1], Long.parseLong(args[4]));
    for (var i = 0; i < Integer.parseInt(args[2]); i++) {
      Thread.ofVirtual().start(() -> clients.repeat(clients::stay));
    }
    for (var i = 0; i < Integer.parseInt(args[3]); i++) {
      Thread.ofVirtual().start(() -> clients.repeat(clients::hangUp));
    }
    System.exit(clients.probe(Double.parseDouble(args[5])) ? 0 : 1);
  }

  private interface Visit {
    void on(Socket socket) throws IOException, InterruptedException;
  }

  private void repeat(Visit visit) {
    while (!isOver()) {
      try (var socket = new Socket()) {
        socket.connect(nectar, 60_000);
        send(socket, awaited);
        visit.on(socket);
      } catch (IOException e) {
        refused.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stay(Socket socket) throws IOException, InterruptedException {
    waiting.incrementAndGet();
    var read = socket.getInputStream().read();
    waiting.decrementAndGet();
    if (read >= 0) {
      comeBackLater();
    }
  }

  private void hangUp(Socket socket) throws IOException, InterruptedException {
    Thread.sleep(1_000);
    if (socket.getInputStream().available() == 0) {
      hungUp.incrementAndGet();
    } else {
      comeBackLater();
    }
  }

  /** As {@code Retry-After} asks. */
  private void comeBackLater() throws InterruptedException {
    refused.incrementAndGet();
    Thread.sleep(5_000);
  }

  private boolean probe(double boundMillis) throws IOException, InterruptedException {
    var hits = new Samples("hit");
    var statuses = new Samples("/status");
    var most = 0;
    while (!isOver()) {
      hits.take(kept);
      statuses.take("GET /status HTTP/1.1\r\n" + HOST);
      most = Math.max(most, waiting.get());
      Thread.sleep(20);
    }
    System.out.printf(
        "%d clients waited at most, %d hung up, %d were turned away%n",
        most, hungUp.get(), refused.get());
    return hits.isBelow(boundMillis) & statuses.isBelow(boundMillis);
  }

  private final class Samples {

    private final String name;
    private final double[] millis = new double[1_000_000];
    private int count;

    private Samples(String name) {
      this.name = name;
    }

    private void take(String request) throws IOException {
      var start = System.nanoTime();
      try (var socket = new Socket()) {
        socket.connect(nectar, 60_000);
        send(socket, request + "Connection: close\r\n\r\n");
        var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
          throw new IOException("%s answered %.300s".formatted(name, answer));
        }
      }
      millis[count++] = (System.nanoTime() - start) / 1e6;
    }

    private boolean isBelow(double boundMillis) {
      var sorted = Arrays.copyOf(millis, count);
      Arrays.sort(sorted);
      var p99 = sorted[(int) Math.ceil(count * 0.99) - 1];
      System.out.printf(
          "%s %d times: median %.1f ms, p99 %.1f ms, max %.1f ms%n",
          name, count, sorted[count / 2], p99, sorted[count - 1]);
      return p99 < boundMillis;
    }
  }

  private boolean isOver() {
    return System.nanoTime() > end;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }
}
