import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Asks for new pictures and for /status side by side. Arguments: the base of Nectar, the access
 * key, a name for the prompts, the seconds that it lasts, the bounds of the 99th percentiles of
 * /status and of a new picture in milliseconds. Ends with 1 if one is above its own.
 */
final class OneCpu {

  private static final long PAUSE_MILLIS = 50;

  private final InetSocketAddress nectar;
  private final String key;
  private final String prompts;
  private final long end;

  private OneCpu(URI nectar, String key, String prompts, double seconds) {
    this.nectar = new InetSocketAddress(nectar.getHost(), nectar.getPort());
    this.key = key;
    this.prompts = prompts;
    this.end = System.nanoTime() + (long) (seconds * 1e9);
  }

  static void main(String[] args) throws InterruptedException, ExecutionException {
    var load = new OneCpu(URI.create(args[0]), args[1], args[2], Double.parseDouble(args[3]));
    try (var threads = Executors.newFixedThreadPool(2)) {
      var status = threads.submit(load.asking("/status", "/status"));
      var pictures = threads.submit(load.asking("new pictures", "/prompt/"));
      var bounded = status.get().isBelow(Double.parseDouble(args[4]));
      bounded &= pictures.get().isBelow(Double.parseDouble(args[5]));
      System.exit(bounded ? 0 : 1);
    }
  }

  private Callable<Samples> asking(String name, String path) {
    return () -> {
      var samples = new Samples(name, nectar);
      for (var i = 0; System.nanoTime() < end; i++) {
        ask(samples, path.endsWith("/") ? path + prompts + i + "?key=" + key : path);
      }
      return samples;
    };
  }

  private static void ask(Samples samples, String target) throws IOException, InterruptedException {
    samples.take("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + Samples.CLOSE);
    Thread.sleep(PAUSE_MILLIS);
  }
}
