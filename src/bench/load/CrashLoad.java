import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks for every image there may be, and compares each with what it must be; then says so, and has
 * new ones made and old ones deleted until Nectar is gone. Arguments: the base of Nectar, its
 * access key, its admin token, the size of an image in bytes, the number of prompts, the number of
 * writers, a seed. Ends with 1 if a byte was wrong.
 */
final class CrashLoad {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI nectar;
  private final String key;
  private final String adminToken;
  private final FakeImages images;

  private CrashLoad(URI nectar, String key, String adminToken, FakeImages images) {
    this.nectar = nectar;
    this.key = key;
    this.adminToken = adminToken;
    this.images = images;
  }

  static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
    var load =
        new CrashLoad(
            URI.create(args[0]), args[1], args[2], new FakeImages(Integer.parseInt(args[3])));
    var prompts = Integer.parseInt(args[4]);
    var random = new Random(Long.parseLong(args[6]));
    var hits = 0;
    for (var i = 0; i < prompts; i++) {
      hits += load.ask("crash-" + i) ? 1 : 0;
    }
    System.out.println("writing, after " + hits + " hits");
    var writers = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < Integer.parseInt(args[5]); i++) {
        var own = new Random(random.nextLong());
        writers.add(
            threads.submit(() -> {
              load.write(prompts, own);
              return null;
            }));
      }
    }
    for (var writer : writers) {
      writer.get();
    }
  }

  private void write(int prompts, Random random) throws InterruptedException {
    try {
      while (true) {
        var prompt = "crash-" + random.nextInt(prompts);
        delete(prompt);
        ask(prompt);
      }
    } catch (WrongBytesException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      // killed, as it was to be
    }
  }

  /** Whether it was there already. */
  private boolean ask(String prompt) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(nectar.resolve("/prompt/" + prompt))
            .header("Authorization", "Bearer " + key)
            .build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    var checksum = HexFormat.of().formatHex(FakeImages.sha256().digest(answer.body()));
    if (answer.statusCode() != 200 || !checksum.equals(images.checksum(prompt))) {
      throw new WrongBytesException(prompt + ": " + answer.statusCode() + ", wrong bytes");
    }
    return answer.headers().firstValue("X-Cache").orElse("").equals("HIT");
  }

  private void delete(String prompt) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(nectar.resolve("/cache/delete"))
            .header("X-Admin-Token", adminToken)
            .POST(BodyPublishers.ofString("{\"prompt\":\"" + prompt + "\"}"))
            .build();
    var _ = client.send(request, BodyHandlers.discarding());
  }

  private static final class WrongBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongBytesException(String message) {
      super(message);
    }
  }
}
