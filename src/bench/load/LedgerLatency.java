import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How long hits and misses take with accounting and without, one at a time and in turn. Arguments:
 * the base of a server without, the base of one with it, their access key and admin token, the
 * number of pairs. Prints medians in milliseconds.
 */
final class LedgerLatency {

  private static final Pattern KEY = Pattern.compile("\"key\":\"(nk-[^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int asked;

  /** Who asks where. */
  private record Asker(URI server, String key) {}

  static void main(String[] args) throws IOException, InterruptedException {
    var latency = new LedgerLatency();
    var without = new Asker(URI.create(args[0]), args[2]);
    var with = new Asker(URI.create(args[1]), latency.makeKey(URI.create(args[1]), args[3]));
    var pairs = Integer.parseInt(args[4]);
    for (var how : new String[] {"MISS", "HIT"}) {
      latency.measure(how, pairs, without, with);
      latency.measure(how, pairs, without, with).print(how);
    }
  }

  private String makeKey(URI server, String adminToken) throws IOException, InterruptedException {
    var made =
        client.send(
            HttpRequest.newBuilder(server.resolve("/admin/keys"))
                .header("X-Admin-Token", adminToken)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\":\"bench\",\"budget\":{\"amount\":1000000,\"per\":\"day\"}}"))
                .build(),
            BodyHandlers.ofString());
    var key = KEY.matcher(made.body());
    if (!key.find()) {
      throw new IllegalStateException(made + " " + made.body());
    }
    return key.group(1);
  }

  private Samples measure(String how, int pairs, Asker without, Asker with)
      throws IOException, InterruptedException {
    var plain = new double[pairs];
    var counted = new double[pairs];
    for (var i = 0; i < pairs; i++) {
      var prompt = how.equals("HIT") ? "ledger" : "ledger-" + asked++;
      if (i % 2 == 0) {
        plain[i] = millis(prompt, how, without);
        counted[i] = millis(prompt, how, with);
      } else {
        counted[i] = millis(prompt, how, with);
        plain[i] = millis(prompt, how, without);
      }
    }
    Arrays.sort(plain);
    Arrays.sort(counted);
    return new Samples(plain, counted);
  }

  private double millis(String prompt, String how, Asker asker)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(asker.server().resolve("/prompt/" + prompt))
            .header("Authorization", "Bearer " + asker.key())
            .build();
    var start = System.nanoTime();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    var taken = System.nanoTime() - start;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(request.uri() + " answered " + answer);
    }
    var use = answer.headers().firstValue("X-Cache").orElse("");
    return use.equals(how) ? taken / 1e6 : millis(prompt, how, asker);
  }

  private record Samples(double[] plain, double[] counted) {

    void print(String how) {
      System.out.printf(
          "%-4s without %.3f ms, with accounting %.3f ms, adds %.3f ms (medians of %d)%n",
          how, median(plain), median(counted), median(counted) - median(plain), plain.length);
    }

    private static double median(double[] sorted) {
      return sorted[sorted.length / 2];
    }
  }
}
