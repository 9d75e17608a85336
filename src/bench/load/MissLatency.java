import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;

/**
 * How long a miss takes beside the same question to the back end itself, one at a time and in turn.
 * Arguments: the access key, the base of the back end, the number of rounds and of those before the
 * first that counts, the sizes of the images in bytes by commas, and the bases of the servers to
 * compare. Prints a row for each size: the median of the back end, and of each server what it takes
 * in all and what that is more, in milliseconds.
 */
final class MissLatency {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String key;
  private final URI backEnd;
  private final List<URI> servers;
  private int asked;

  private MissLatency(String key, URI backEnd, List<URI> servers) {
    this.key = key;
    this.backEnd = backEnd;
    this.servers = servers;
  }

  static void main(String[] args) throws IOException, InterruptedException {
    var servers = Arrays.stream(args).skip(5).map(URI::create).toList();
    var latency = new MissLatency(args[0], URI.create(args[1]), servers);
    var rounds = Integer.parseInt(args[2]);
    var sizes = args[4].split(",");
    latency.measure(sizes[0], Integer.parseInt(args[3]));
    for (var size : sizes) {
      latency.measure(size, rounds);
      System.out.println(row(size, latency.measure(size, rounds)));
    }
  }

  /** The times of the back end, then of each server. */
  private double[][] measure(String size, int rounds) throws IOException, InterruptedException {
    var times = new double[1 + servers.size()][rounds];
    for (var round = 0; round < rounds; round++) {
      // Whoever comes later finds warmer caches, so they take turns at that too.
      for (var turn = 0; turn < times.length; turn++) {
        var who = (round + turn) % times.length;
        times[who][round] = millis(who == 0 ? direct(size) : through(servers.get(who - 1), size));
      }
    }
    return times;
  }

  private static String row(String size, double[][] times) {
    var direct = median(times[0]);
    var row = new StringBuilder("%10s %10.2f".formatted(size, direct));
    for (var server : List.of(times).subList(1, times.length)) {
      row.append(" %10.2f %10.2f".formatted(median(server), median(server) - direct));
    }
    return row.toString();
  }

  private static double median(double[] times) {
    var sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }

  private HttpRequest direct(String size) {
    var json =
        "{\"prompt\":\"%s\",\"n\":1,\"seed\":42,\"size\":\"1024x1024\"}".formatted(prompt(size));
    return HttpRequest.newBuilder(backEnd.resolve("/v1/images/generations"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest through(URI server, String size) {
    return HttpRequest.newBuilder(
            server.resolve("/prompt/" + prompt(size) + "?width=1024&height=1024"))
        .header("Authorization", "Bearer " + key)
        .build();
  }

  private String prompt(String size) {
    return "miss-%d-of-%s-bytes".formatted(asked++, size);
  }

  private double millis(HttpRequest request) throws IOException, InterruptedException {
    var start = System.nanoTime();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    var taken = System.nanoTime() - start;
    if (answer.statusCode() != 200
        || answer.headers().firstValue("X-Cache").filter(how -> !how.equals("MISS")).isPresent()) {
      throw new IllegalStateException(request.uri() + " answered " + answer);
    }
    return taken / 1e6;
  }
}
