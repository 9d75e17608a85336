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
 * Arguments: the base of Nectar, its access key, the base of the back end, the number of pairs and
 * of those before the first that counts, the sizes of the images in bytes. Prints a row of medians
 * in milliseconds for each size.
 */
final class MissLatency {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI nectar;
  private final String key;
  private final URI backEnd;
  private int asked;

  private MissLatency(URI nectar, String key, URI backEnd) {
    this.nectar = nectar;
    this.key = key;
    this.backEnd = backEnd;
  }

  static void main(String[] args) throws IOException, InterruptedException {
    var latency = new MissLatency(URI.create(args[0]), args[1], URI.create(args[2]));
    var pairs = Integer.parseInt(args[3]);
    System.out.printf("%10s %10s %10s %10s%n", "bytes", "direct", "through", "added");
    latency.measure(args[5], Integer.parseInt(args[4]));
    for (var size : List.of(args).subList(5, args.length)) {
      latency.measure(size, pairs);
      latency.measure(size, pairs).print(size);
    }
  }

  private Samples measure(String size, int pairs) throws IOException, InterruptedException {
    var direct = new double[pairs];
    var through = new double[pairs];
    for (var i = 0; i < pairs; i++) {
      // Whoever comes second finds warmer caches, so they take turns at that too.
      if (i % 2 == 0) {
        direct[i] = millis(direct(size));
        through[i] = millis(through(size));
      } else {
        through[i] = millis(through(size));
        direct[i] = millis(direct(size));
      }
    }
    return new Samples(direct, through);
  }

  private HttpRequest direct(String size) {
    var json =
        "{\"prompt\":\"%s\",\"n\":1,\"seed\":42,\"size\":\"1024x1024\"}".formatted(prompt(size));
    return HttpRequest.newBuilder(backEnd.resolve("/v1/images/generations"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest through(String size) {
    return HttpRequest.newBuilder(
            nectar.resolve("/prompt/" + prompt(size) + "?width=1024&height=1024"))
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

  private record Samples(double[] direct, double[] through) {

    Samples {
      Arrays.sort(direct);
      Arrays.sort(through);
    }

    void print(String size) {
      System.out.printf(
          "%10s %10.2f %10.2f %10.2f%n",
          size, median(direct), median(through), median(through) - median(direct));
    }

    private static double median(double[] sorted) {
      return sorted[(sorted.length - 1) / 2];
    }
  }
}
