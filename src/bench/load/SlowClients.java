import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
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
    Samples.send(socket, "GET /status HTTP/1.1\r\n" + HOST + "X-Slow: ");
    while (!isOver()) {
      Thread.sleep(1_000);
      Samples.send(socket, "a");
    }
  }

  /** Nothing tells it that it was cut off; it looks after the time that Nectar gives it. */
  private void readNothing(Socket socket) throws IOException, InterruptedException {
    Samples.send(socket, "GET /prompt/large?key=" + key + " HTTP/1.1\r\n" + HOST + "\r\n");
    for (var second = 0; second < 25 && !isOver(); second++) {
      Thread.sleep(1_000);
    }
    if (!isOver()) {
      cut.incrementAndGet();
    }
  }

  private boolean probe(double boundMillis) throws IOException, InterruptedException {
    var statuses = new Samples("/status", nectar);
    var most = 0;
    while (!isOver()) {
      statuses.take("GET /status HTTP/1.1\r\n" + HOST + Samples.CLOSE);
      most = Math.max(most, connected.get());
      Thread.sleep(20);
    }
    System.out.printf("%d slow clients at most, cut off %d times%n", most, cut.get());
    return statuses.isBelow(boundMillis);
  }

  private boolean isOver() {
    return System.nanoTime() > end;
  }
}
