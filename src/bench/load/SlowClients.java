import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that send a byte of their request every second, and clients that ask for an image and
 * read nothing of it; each comes back when it is cut off. Meanwhile /status is asked, over a new
 * connection each time. Arguments: the base of Nectar, the access key, how many of each kind, the
 * seconds that it lasts, the bound of the 99th percentile in milliseconds. Ends with 1 above it.
 */
final class SlowClients {

  private static final String HOST = "Host: localhost\r\n";

  private final InetSocketAddress nectar;
  private final String key;
  private final long end;
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicLong cut = new AtomicLong();

  private SlowClients(URI nectar, String key, Duration duration) {
    this.nectar = new InetSocketAddress(nectar.getHost(), nectar.getPort());
    this.key = key;
    this.end = System.nanoTime() + duration.toNanos();
  }

  static void main(String[] args) throws IOException, InterruptedException {
    var clients =
        new SlowClients(URI.create(args[0]), args[1], Duration.ofSeconds(Long.parseLong(args[4])));
    for (var i = 0; i < Integer.parseInt(args[2]); i++) {
      Thread.ofVirtual().start(() -> clients.repeat(clients::dribble));
    }
    for (var i = 0; i < Integer.parseInt(args[3]); i++) {
      Thread.ofVirtual().start(() -> clients.repeat(clients::readNothing));
    }
    System.exit(clients.probe(Double.parseDouble(args[5])) ? 0 : 1);
  }

  private interface Visit {
    void on(Socket socket) throws IOException, InterruptedException;
  }

  private void repeat(Visit visit) {
    while (!isOver()) {
      try (var socket = new Socket()) {
        socket.setReceiveBufferSize(4_096);
        socket.connect(nectar, 60_000);
        connected.incrementAndGet();
        try {
          visit.on(socket);
        } finally {
          connected.decrementAndGet();
        }
      } catch (IOException e) {
        cut.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void dribble(Socket socket) throws IOException, InterruptedException {
    send(socket, "GET /status HTTP/1.1\r\n" + HOST + "X-Slow: ");
    while (!isOver()) {
      Thread.sleep(1_000);
      send(socket, "a");
    }
  }

  /** Nothing tells it that it was cut off; it looks after the time that Nectar gives it. */
  private void readNothing(Socket socket) throws IOException, InterruptedException {
    send(socket, "GET /prompt/large?key=" + key + " HTTP/1.1\r\n" + HOST + "\r\n");
    for (var second = 0; second < 25 && !isOver(); second++) {
      Thread.sleep(1_000);
    }
    if (!isOver()) {
      cut.incrementAndGet();
    }
  }

  private boolean probe(double boundMillis) throws IOException, InterruptedException {
    var samples = new double[1_000_000];
    var count = 0;
    var most = 0;
    while (!isOver()) {
      var start = System.nanoTime();
      try (var socket = new Socket()) {
        socket.connect(nectar, 60_000);
        send(socket, "GET /status HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
          throw new IOException("/status answered " + answer);
        }
      }
      samples[count++] = (System.nanoTime() - start) / 1e6;
      most = Math.max(most, connected.get());
      Thread.sleep(20);
    }
    var sorted = Arrays.copyOf(samples, count);
    Arrays.sort(sorted);
    var p99 = sorted[(int) Math.ceil(count * 0.99) - 1];
    System.out.printf(
        "%d slow clients at most, cut off %d times%n/status %d times: median %.1f ms, p99 %.1f ms, max %.1f ms%n",
        most, cut.get(), count, sorted[count / 2], p99, sorted[count - 1]);
    return p99 < boundMillis;
  }

  private boolean isOver() {
    return System.nanoTime() > end;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }
}
