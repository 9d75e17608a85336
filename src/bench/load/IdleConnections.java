import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens connections, as many as are taken, has each of them answered once if asked to, says so and
 * keeps them until its input ends. Arguments: the base of Nectar, how many, {@code silent} or
 * {@code kept-alive}.
 */
final class IdleConnections {

  private static final String REQUEST =
      "GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private IdleConnections() {}

  static void main(String[] args) throws IOException {
    var base = URI.create(args[0]);
    var nectar = new InetSocketAddress(base.getHost(), base.getPort());
    var asks = args[2].equals("kept-alive");
    var open = new ArrayList<Socket>();
    try {
      for (var i = 0; i < Integer.parseInt(args[1]); i++) {
        open.add(connect(nectar, asks));
      }
    } catch (SocketTimeoutException e) {
      System.err.printf("%d were taken.%n", open.size());
    }
    try {
      System.out.println("open");
      while (System.in.read() >= 0) {
        // what is said does not matter
      }
    } finally {
      closeAll(open);
    }
  }

  private static Socket connect(InetSocketAddress nectar, boolean asks) throws IOException {
    var socket = new Socket();
    socket.connect(nectar, 5_000);
    if (asks) {
      Samples.send(socket, REQUEST);
      var answer = new byte[4_096];
      var length = socket.getInputStream().read(answer);
      if (length < 12 || !new String(answer, 0, 12).equals("HTTP/1.1 200")) {
        throw new IOException("not answered");
      }
    }
    return socket;
  }

  private static void closeAll(List<Socket> open) throws IOException {
    for (var socket : open) {
      socket.close();
    }
  }
}
