package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process that is told to stop. */
@Tag("slow")
class StopTest {

  private static final int SIGTERM = 15;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path directory;

  @Test
  void sigterm_landsWhatIsUnderWay_afterReadinessIsDown_andEndsTheProcess() throws Exception {
    var png = SampleImages.png(300, 1);
    String requestId;
    try (var backend = PatientBackend.start(png);
        var nectar = start(backend)) {
      var underWay = client.sendAsync(get(nectar, "/prompt/a"), BodyHandlers.ofByteArray());
      await().until(() -> backend.calls() == 1);

      nectar.terminate();

      await().until(() -> status(nectar, "/actuator/health/readiness") == 503);
      assertThat(status(nectar, "/actuator/health/liveness")).isEqualTo(200);
      assertThat(status(nectar, "/prompt/b")).isEqualTo(503);
      assertThat(underWay).isNotDone();
      backend.release(1);
      assertThat(underWay.get().statusCode()).isEqualTo(200);
      assertThat(underWay.get().body()).isEqualTo(png);
      requestId = underWay.get().headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(nectar.exitCode()).isEqualTo(128 + SIGTERM);
      assertThat(backend.calls()).isEqualTo(1);
    }
    try (var files = Files.list(directory.resolve("image_file_cache"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".meta.json"))).hasSize(1);
    }
    assertThat(Files.readAllLines(directory.resolve("output")).stream().map(StopTest::json))
        .allSatisfy(line -> assertThat(line.get("message").asString()).isNotEmpty())
        .anySatisfy(line ->
            assertThat(line.get("message").asString())
                .startsWith("Stopping: 1 generations under way"))
        .anySatisfy(line -> {
          assertThat(line.get("message").asString()).startsWith("generation ");
          assertThat(line.get("requestId").asString()).isEqualTo(requestId);
        });
  }

  @Test
  void sigterm_letsASlowClientHaveTheRestOfItsPicture() throws Exception {
    var png = SampleImages.png(8_000_000, 1);
    try (var backend = PatientBackend.start(png);
        var nectar = start(backend)) {
      backend.release(1);
      assertThat(status(nectar, "/prompt/a")).isEqualTo(200);
      assertThat(status(nectar, "/prompt/a")).isEqualTo(200);
      try (var client = RawExchange.open(nectar.port())) {
        client
            .getOutputStream()
            .write("GET /prompt/a?key=an-access-key HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        var begun = client.getInputStream().readNBytes(1_000);

        nectar.terminate();

        await().until(() -> refuses(nectar.port()));
        var rest = client.getInputStream().readAllBytes();
        assertThat(begun.length + rest.length).isGreaterThan(png.length);
        assertThat(rest).endsWith(Arrays.copyOfRange(png, png.length - 1_000, png.length));
      }
      assertThat(nectar.exitCode()).isEqualTo(128 + SIGTERM);
    }
  }

  private NectarProcess start(PatientBackend backend) throws IOException {
    return NectarProcess.start(
        directory,
        Map.of(
            "BACKEND_API_URLS", backend.url(),
            "PROXY_ACCESS_KEY", "an-access-key",
            "POLLINATIONS_ENABLED", "false",
            "LOG_FORMAT", "json"));
  }

  private static boolean refuses(int port) throws IOException {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private static JsonNode json(String line) {
    return JsonMapper.shared().readTree(line);
  }

  private int status(NectarProcess nectar, String path) throws Exception {
    return client.send(get(nectar, path), BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest get(NectarProcess nectar, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + nectar.port() + path))
        .header("Authorization", "Bearer an-access-key")
        .build();
  }
}
