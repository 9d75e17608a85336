package dev.nectar.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send one request after the other and wait for no answer. */
@Tag("slow")
class FloodTest {

  private static final byte[] REQUESTS =
      "GET /prompt/flood?key=wrong HTTP/1.1\r\nHost: localhost\r\n\r\n"
          .repeat(500)
          .getBytes(US_ASCII);

  private final AtomicLong answered = new AtomicLong();

  private void flood(Socket socket) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              socket.getOutputStream().write(REQUESTS);
            }
          } catch (IOException e) {
            // It is over.
          }
        });
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            var buffer = new byte[65_536];
            for (var count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
              answered.addAndGet(count);
            }
          } catch (IOException e) {
            // It is over.
          }
        });
  }

  /** On the one processor that there is for requests. */
  @Test
  void connection_thatIsNeverSilent_holdsUpNobody(@TempDir Path directory) throws Exception {
    var settings =
        Map.of(
            "JAVA_TOOL_OPTIONS",
            "-Djdk.virtualThreadScheduler.parallelism=1 -Djdk.virtualThreadScheduler.maxPoolSize=1",
            "BACKEND_API_URLS",
            "http://localhost:9",
            "PROXY_ACCESS_KEY",
            NectarServer.KEY);
    try (var nectar = NectarProcess.start(directory, settings);
        var client = HttpClient.newHttpClient();
        var socket = new Socket("localhost", nectar.port())) {
      flood(socket);
      await().until(() -> answered.get() > 1_000_000);

      var health =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + nectar.port() + "/actuator/health/liveness"))
              .timeout(Duration.ofSeconds(10))
              .build();
      for (var i = 0; i < 5; i++) {
        assertThat(client.send(health, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      }
    }
  }
}
