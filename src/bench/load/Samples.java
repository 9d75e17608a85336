import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** How long one kind of request takes, each over a new connection. */
final class Samples {

  /** Ends the head of a request. */
  static final String CLOSE = "Connection: close\r\n\r\n";

  private final String name;
  private final InetSocketAddress server;
  private final double[] millis = new double[1_000_000];
  private int count;

  Samples(String name, InetSocketAddress server) {
    this.name = name;
    this.server = server;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /**
   * Asks once.
   *
   * @throws IOException if the answer is not 200
   */
  void take(String request) throws IOException {
    var start = System.nanoTime();
    try (var socket = new Socket()) {
      socket.connect(server, 60_000);
      send(socket, request);
      var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (!answer.startsWith("HTTP/1.1 200 ")) {
        throw new IOException("%s answered %.300s".formatted(name, answer));
      }
    }
    millis[count++] = (System.nanoTime() - start) / 1e6;
  }

  /** Prints what was measured; whether the 99th percentile is below the bound. */
  boolean isBelow(double boundMillis) {
    var sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    var p99 = sorted[(int) Math.ceil(count * 0.99) - 1];
    System.out.printf(
        "%s %d times: median %.1f ms, p99 %.1f ms, max %.1f ms%n",
        name, count, sorted[count / 2], p99, sorted[count - 1]);
    return p99 < boundMillis;
  }
}
