import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
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
        Samples.send(socket, awaited);
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
    var hits = new Samples("hit", nectar);
    var statuses = new Samples("/status", nectar);
    var most = 0;
    while (!isOver()) {
      hits.take(kept + Samples.CLOSE);
      statuses.take("GET /status HTTP/1.1\r\n" + HOST + Samples.CLOSE);
      most = Math.max(most, waiting.get());
      Thread.sleep(20);
    }
    System.out.printf(
        "%d clients waited at most, %d hung up, %d were turned away%n",
        most, hungUp.get(), refused.get());
    return hits.isBelow(boundMillis) & statuses.isBelow(boundMillis);
  }

  private boolean isOver() {
    return System.nanoTime() > end;
  }
}
