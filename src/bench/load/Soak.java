import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * All that clients do, at full speed: hits, misses, refused prompts, wrong keys, deletes, and
 * connections that end in the middle. Arguments: the base of Nectar, its access key, its admin
 * token, the size of an image in bytes, the number of clients, the seconds that it lasts, a seed.
 * Ends with 1 at an answer that is not as it must be.
 */
final class Soak {

  private static final int KNOWN = 200;
  private static final int REFUSED = 50;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, LongAdder> done = new ConcurrentSkipListMap<>();
  private final URI nectar;
  private final String key;
  private final String adminToken;
  private final FakeImages images;
  private final long end;

  private Soak(URI nectar, String key, String adminToken, FakeImages images, Duration duration) {
    this.nectar = nectar;
    this.key = key;
    this.adminToken = adminToken;
    this.images = images;
    this.end = System.nanoTime() + duration.toNanos();
  }

  static void main(String[] args) throws InterruptedException, ExecutionException {
    var soak =
        new Soak(
            URI.create(args[0]),
            args[1],
            args[2],
            new FakeImages(Integer.parseInt(args[3])),
            Duration.ofSeconds(Long.parseLong(args[5])));
    var seeds = new Random(Long.parseLong(args[6]));
    var clients = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < Integer.parseInt(args[4]); i++) {
        var random = new Random(seeds.nextLong());
        clients.add(
            threads.submit(() -> {
              soak.run(random);
              return null;
            }));
      }
    }
    for (var one : clients) {
      one.get();
    }
    soak.done.forEach((what, count) -> System.out.printf("%-12s %,12d%n", what, count.sum()));
  }

  private void run(Random random) throws IOException, InterruptedException {
    while (System.nanoTime() < end) {
      var known = "known-" + random.nextInt(KNOWN);
      switch (random.nextInt(20)) {
        case 0 -> expect(ask("new-" + random.nextLong(), key), "miss", 200);
        case 1 -> expect(ask("refused-" + random.nextInt(REFUSED), key), "refusal", 502);
        case 2 -> expect(ask(known, "wrong"), "wrong key", 401);
        case 3 -> expect(delete(known), "delete", 200, 404);
        case 4 -> hangUp(known, random);
        case 5 -> hangUp("new-" + random.nextLong(), random);
        default -> expect(ask(known, key), "known", 200);
      }
    }
  }

  private int ask(String prompt, String presented) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(nectar.resolve("/prompt/" + prompt))
            .header("Authorization", "Bearer " + presented)
            .build();
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() == 200) {
      var checksum = HexFormat.of().formatHex(FakeImages.sha256().digest(answer.body()));
      if (!checksum.equals(images.checksum(prompt))) {
        throw new IllegalStateException(prompt + ": wrong bytes");
      }
    }
    return answer.statusCode();
  }

  private int delete(String prompt) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(nectar.resolve("/cache/delete"))
            .header("X-Admin-Token", adminToken)
            .POST(BodyPublishers.ofString("{\"prompt\":\"" + prompt + "\"}"))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Before the answer, or in the middle of it; with a farewell or without. */
  private void hangUp(String prompt, Random random) throws IOException {
    try (var socket = new Socket(nectar.getHost(), nectar.getPort())) {
      socket.setSoLinger(random.nextBoolean(), 0);
      var request = "GET /prompt/%s?key=%s HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.formatted(prompt, key).getBytes(ISO_8859_1));
      if (random.nextBoolean()) {
        var _ = socket.getInputStream().readNBytes(1_000);
      }
    }
    count("hang-up");
  }

  private void expect(int status, String what, int... expected) {
    for (var one : expected) {
      if (status == one) {
        count(what);
        return;
      }
    }
    throw new IllegalStateException(what + " was answered " + status);
  }

  private void count(String what) {
    done.computeIfAbsent(what, _ -> new LongAdder()).increment();
  }
}
