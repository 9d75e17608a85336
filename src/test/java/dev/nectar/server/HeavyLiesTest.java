package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back ends that send without end, many at once, against a small heap. */
@Tag("slow")
class HeavyLiesTest {

  private static final int TIMES = 2;

  @TempDir private Path directory;
  private final byte[] image = SampleImages.bytes(ImageFormat.WEBP, 3_000, 1);
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void heap_of256Megabytes_outlivesThemAll() throws Exception {
    var lies = HeavyLies.all().toList();
    var together = new CountDownLatch(TIMES * lies.size());
    try (var honest = Painter.start();
        var liar = new Liar(lies.stream().map(lie -> after(together, lie)).toList(), image);
        var nectar = NectarProcess.start(directory, environment(liar, honest));
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      honest.paints(image);
      var requests = new ArrayList<Callable<HttpResponse<byte[]>>>();
      for (var lie : lies) {
        for (var i = 0; i < TIMES; i++) {
          var target = NectarServer.target(lie.name() + "#" + i);
          requests.add(() -> get(nectar, target));
        }
      }

      for (var answer : executor.invokeAll(requests)) {
        assertThat(answer.get().statusCode()).as(NectarServer.text(answer.get())).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo(image);
      }

      assertThat(liar.told()).hasSize(lies.size());
      assertThat(get(nectar, "/status").statusCode()).isEqualTo(200);
    }
    try (var images = Files.list(directory.resolve("cache"))) {
      // Beside them is the key that signs links.
      assertThat(images).hasSize(2 * TIMES * lies.size() + 1);
    }
  }

  /** A back end that has failed is soon asked no more, so none may fail before all are asked. */
  private static Lie after(CountDownLatch together, Lie lie) {
    return new Lie(
        lie.name(),
        peer -> {
          together.countDown();
          try {
            together.await();
          } catch (InterruptedException e) {
            throw new IOException("closed", e);
          }
          lie.answer().run(peer);
        },
        lie.file());
  }

  private static Map<String, String> environment(Liar liar, Painter honest) {
    return Map.of(
        // Each may be read as far as 16 MB, and all together take more than twice the heap.
        "MAX_IMAGE_SIZE", "12MB",
        "JAVA_TOOL_OPTIONS", "-Xmx256m -XX:+ExitOnOutOfMemoryError",
        "PROXY_ACCESS_KEY", NectarServer.KEY,
        "BACKEND_API_URLS", liar.url() + "," + honest.url(),
        "BACKEND_WEIGHTS", "{\"" + honest.url() + "\": 0}",
        "BACKEND_TIMEOUT", "30s",
        "POLLINATIONS_ENABLED", "false",
        "CACHE_DIR", "cache");
  }

  private HttpResponse<byte[]> get(NectarProcess nectar, String target)
      throws IOException, InterruptedException {
    var url = URI.create("http://127.0.0.1:" + nectar.port() + target);
    return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
  }
}
