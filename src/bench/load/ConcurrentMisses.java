import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks for many images at once, each of its own prompt, and compares every answer with what it must
 * be. Arguments: the base of Nectar, its access key, the number of requests, the size of an image
 * in bytes. Ends with 1 if an answer is wrong.
 */
final class ConcurrentMisses {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI nectar;
  private final String key;
  private final FakeImages images;

  private ConcurrentMisses(URI nectar, String key, FakeImages images) {
    this.nectar = nectar;
    this.key = key;
    this.images = images;
  }

  static void main(String[] args) throws InterruptedException {
    var misses =
        new ConcurrentMisses(
            URI.create(args[0]), args[1], new FakeImages(Integer.parseInt(args[3])));
    var wrong = misses.ask(Integer.parseInt(args[2]));
    System.exit(wrong == 0 ? 0 : 1);
  }

  private int ask(int count) throws InterruptedException {
    var start = System.nanoTime();
    var answers = new ArrayList<Future<String>>();
    var wrong = 0;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < count; i++) {
        var prompt = "image-" + i;
        answers.add(executor.submit(() -> verdict(prompt)));
      }
      for (var answer : answers) {
        var verdict = verdict(answer);
        if (!verdict.equals("right")) {
          wrong++;
          System.out.println(verdict);
        }
      }
    }
    System.out.printf(
        "%d of %d right, after %.1f s%n", count - wrong, count, (System.nanoTime() - start) / 1e9);
    return wrong;
  }

  private static String verdict(Future<String> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  private String verdict(String prompt) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(nectar.resolve("/prompt/" + prompt))
            .header("Authorization", "Bearer " + key)
            .build();
    var response = client.send(request, BodyHandlers.ofInputStream());
    try (var body = response.body();
        var digest = new DigestOutputStream(OutputStream.nullOutputStream(), FakeImages.sha256())) {
      body.transferTo(digest);
      var checksum = HexFormat.of().formatHex(digest.getMessageDigest().digest());
      if (response.statusCode() != 200) {
        return prompt + ": status " + response.statusCode();
      }
      return checksum.equals(images.checksum(prompt)) ? "right" : prompt + ": other bytes";
    }
  }
}
