import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/**
 * How long a miss takes beside the same question to the back end itself, one at a time and in turn.
 * Arguments: the base of Nectar, its access key, the base of the back end, the number of pairs.
 * Prints medians and 95th percentiles in milliseconds.
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
    latency.measure(pairs);
    latency.measure(pairs).print();
  }

  private Samples measure(int pairs) throws IOException, InterruptedException {
    var direct = new double[pairs];
    var through = new double[pairs];
    for (var i = 0; i < pairs; i++) {
      // Whoever comes second finds warmer caches, so they take turns at that too.
      if (i % 2 == 0) {
        direct[i] = millis(direct());
        through[i] = millis(through());
      } else {
        through[i] = millis(through());
        direct[i] = millis(direct());
      }
    }
    return new Samples(direct, through);
  }

  private HttpRequest direct() {
    var json = "{\"prompt\":\"%s\",\"n\":1,\"seed\":42,\"size\":\"1024x1024\"}".formatted(prompt());
    return HttpRequest.newBuilder(backEnd.resolve("/v1/images/generations"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest through() {
    return HttpRequest.newBuilder(nectar.resolve("/prompt/" + prompt() + "?width=1024&height=1024"))
        .header("Authorization", "Bearer " + key)
        .build();
  }

  private String prompt() {
    return "miss-" + asked++;
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

    void print() {
      System.out.printf("pairs                %d%n", direct.length);
      System.out.printf(
          "back end             median %.2f ms, p95 %.2f ms%n", at(direct, 50), at(direct, 95));
      System.out.printf(
          "through Nectar       median %.2f ms, p95 %.2f ms%n", at(through, 50), at(through, 95));
      System.out.printf(
          "a miss adds          %.2f ms (difference of medians)%n",
          at(through, 50) - at(direct, 50));
    }

    private static double at(double[] sorted, int percent) {
      return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
  }
}
