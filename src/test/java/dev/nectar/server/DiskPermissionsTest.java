package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache's directory that may no longer be entered. */
@Tag("slow")
class DiskPermissionsTest {

  /** Without these root has the permissions of anybody else. */
  private static final String OVERRIDES = "-dac_override,-dac_read_search";

  private final byte[] png = SampleImages.png(40_000, 1);

  @Test
  void permissions_lost_costNoAnswer(@TempDir Path directory) throws Exception {
    var cache = directory.resolve("cache");
    PrivateFiles.createDirectories(cache);
    try (var painter = Painter.start();
        var client = HttpClient.newHttpClient();
        var nectar = start(directory, painter.url(), cache)) {
      painter.paints(png);
      assertThat(use(client, nectar, "a")).isEqualTo("MISS");
      assertThat(use(client, nectar, "a")).isEqualTo("HIT");

      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("---------"));
      for (var i = 0; i < 6; i++) {
        assertThat(use(client, nectar, i < 3 ? "a" : "b")).isEqualTo("MISS");
      }
      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));

      assertThat(use(client, nectar, "a")).isEqualTo("HIT");
      assertThat(use(client, nectar, "b")).isEqualTo("MISS");
      assertThat(use(client, nectar, "b")).isEqualTo("HIT");
    }
    assertThat(Files.readAllLines(directory.resolve("output")))
        .filteredOn(line -> line.matches(".* (WARN|ERROR) .*"))
        .hasSizeBetween(1, 3)
        .allMatch(line -> line.contains("AccessDenied"));
  }

  private static NectarProcess start(Path directory, String backend, Path cache)
      throws IOException {
    var settings =
        Map.of(
            "PROXY_ACCESS_KEY",
            NectarServer.KEY,
            "BACKEND_API_URLS",
            backend,
            "CACHE_DIR",
            cache.toString(),
            "POLLINATIONS_ENABLED",
            "false");
    return Files.isWritable(Path.of("/"))
        ? NectarProcess.start(
            directory,
            settings,
            "setpriv",
            "--bounding-set=" + OVERRIDES,
            "--inh-caps=" + OVERRIDES)
        : NectarProcess.start(directory, settings);
  }

  private String use(HttpClient client, NectarProcess nectar, String prompt) throws Exception {
    var url = "http://localhost:" + nectar.port() + NectarServer.target(prompt);
    var answer =
        client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(png);
    return NectarServer.header(answer, "X-Cache");
  }
}
