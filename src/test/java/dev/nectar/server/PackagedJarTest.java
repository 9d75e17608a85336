package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, whose beans were found when it was made. */
@Tag("slow")
class PackagedJarTest {

  /** Made by {@code ./mvnw package}. */
  private static final Path JAR = Path.of("target/nectar.jar").toAbsolutePath();

  private static final String PREPARED = "Starting AOT-processed";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;

  PackagedJarTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void jarIsThere() {
    assumeThat(JAR).exists();
  }

  private NectarProcess start(String backend, Map<String, String> settings) throws Exception {
    var all = new HashMap<>(settings);
    all.put("BACKEND_API_URLS", backend);
    all.put("PROXY_ACCESS_KEY", NectarServer.KEY);
    all.put("ADMIN_TOKEN", NectarServer.ADMIN_TOKEN);
    all.put("POLLINATIONS_ENABLED", "false");
    return NectarProcess.startJar(JAR, directory, all);
  }

  private int status(NectarProcess nectar, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + nectar.port() + path))
            .header("Authorization", "Bearer " + NectarServer.KEY)
            .header("X-Admin-Token", NectarServer.ADMIN_TOKEN)
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private void awaitReadiness(NectarProcess nectar) {
    await()
        .untilAsserted(
            () -> assertThat(status(nectar, "/actuator/health/readiness")).isEqualTo(200));
  }

  private String output() throws Exception {
    return Files.readString(directory.resolve("output"));
  }

  @Test
  void usualSettings_everyRoomAnswers_fromPreparedBeans() throws Exception {
    try (var painter = Painter.start();
        var nectar = start(painter.url(), Map.of())) {
      painter.paints(SampleImages.png(200, 1));
      awaitReadiness(nectar);
      assertThat(output()).contains(PREPARED);
      for (var path :
          new String[] {
            "/",
            "/docs",
            "/ui/swagger/swagger-ui.css",
            "/openapi.json",
            "/prompt/apple",
            "/v1/models",
            "/sdapi/v1/sd-models",
            "/status",
            "/admin/entries",
            "/admin/keys"
          }) {
        assertThat(status(nectar, path)).as(path).isEqualTo(200);
      }
      assertThat(status(nectar, "/actuator/prometheus")).isEqualTo(404);
    }
  }

  @Test
  void portForOperatorsAndTraces_areThere_withBeansFoundAnew() throws Exception {
    var settings =
        Map.of("MANAGEMENT_PORT", "0", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:9");

    try (var nectar = start("http://localhost:9", settings)) {
      awaitReadiness(nectar);
      assertThat(output()).doesNotContain(PREPARED);
      assertThat(output().split("Tomcat started on port")).hasSize(3);
    }
  }
}
