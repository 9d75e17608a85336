package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import dev.nectar.storage.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/**
 * A cache's disk that fails while the server runs costs no answer, and is used again once it is
 * mended.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class DiskFaultsTest {

  private static final int GENERATIONS = 8;

  private final byte[] png = SampleImages.png(40_000, 1);
  private final Painter painter = Painter.start();
  private final Instant start = Instant.now();

  @TempDir private Path directory;
  private int asked;

  @BeforeEach
  void paint() {
    painter.paints(png);
  }

  @AfterEach
  void stop() {
    painter.close();
  }

  @Test
  void disk_full_costsNoAnswer(CapturedOutput output) throws Exception {
    try (var _ = Tmpfs.mount(directory);
        var nectar = start(directory)) {
      assertKept(nectar);
      var filler = fill();
      assertAnsweredAndNotKept(nectar);
      Files.delete(filler);
      assertKept(nectar);
    }
    assertFewWarnings(output);
  }

  @Test
  void disk_readOnly_costsNoAnswer(CapturedOutput output) throws Exception {
    try (var disk = Tmpfs.mount(directory);
        var nectar = start(directory)) {
      var known = assertKept(nectar);
      disk.makeReadOnly();
      assertAnsweredAndNotKept(nectar);
      assertThat(header(nectar.image(known), "X-Cache")).isEqualTo("HIT");
      disk.makeWritable();
      assertKept(nectar);
    }
    assertFewWarnings(output);
  }

  @Test
  void directory_deleted_isMadeAgain(CapturedOutput output) throws Exception {
    var cache = directory.resolve("cache");
    try (var nectar = start(cache)) {
      var known = assertKept(nectar);
      FileSystemUtils.deleteRecursively(cache);
      var again = nectar.image(known);
      assertThat(again.body()).isEqualTo(png);
      assertThat(header(again, "X-Cache")).isEqualTo("MISS");
      assertKept(nectar);
    }
    assertFewWarnings(output);
  }

  @Test
  void directory_replacedByAFile_costsNoAnswer(CapturedOutput output) throws Exception {
    var cache = directory.resolve("cache");
    try (var nectar = start(cache)) {
      assertKept(nectar);
      FileSystemUtils.deleteRecursively(cache);
      Files.createFile(cache);
      assertAnsweredAndNotKept(nectar);
      Files.delete(cache);
      assertKept(nectar);
    }
    assertFewWarnings(output);
  }

  @Test
  void disk_fullUnderTheDatabase_costsNoAnswer(@TempDir Path cache, CapturedOutput output)
      throws Exception {
    try (var _ = Tmpfs.mount(directory);
        var host = PublishingHost.start();
        var nectar =
            NectarServer.start(
                cache,
                painter.url(),
                host.settings(Map.of("KV_FILE", directory.resolve("cache.db").toString())))) {
      assertThat(hosted(nectar, "known")).isEqualTo("MISS");
      var filler = fill();
      for (var i = 0; i < GENERATIONS; i++) {
        assertThat(hosted(nectar, "not kept")).isEqualTo("MISS");
      }
      assertThat(hosted(nectar, "known")).isEqualTo("HIT");
      Files.delete(filler);
      assertThat(hosted(nectar, "kept")).isEqualTo("MISS");
      assertThat(hosted(nectar, "kept")).isEqualTo("HIT");
    }
    assertFewWarnings(output);
  }

  private static String hosted(NectarServer nectar, String prompt) throws Exception {
    var answer = nectar.image(prompt);
    assertThat(answer.statusCode()).isEqualTo(302);
    return header(answer, "X-Cache");
  }

  private NectarServer start(Path cache) {
    return NectarServer.start(cache, painter.url());
  }

  private String assertKept(NectarServer nectar) throws Exception {
    var prompt = "kept " + asked++;
    assertThat(nectar.image(prompt).body()).isEqualTo(png);
    var hit = nectar.image(prompt);
    assertThat(header(hit, "X-Cache")).isEqualTo("HIT");
    assertThat(hit.body()).isEqualTo(png);
    return prompt;
  }

  private void assertAnsweredAndNotKept(NectarServer nectar) throws Exception {
    for (var i = 0; i < GENERATIONS; i++) {
      var answer = nectar.image("not kept " + i % (GENERATIONS / 2));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(png);
      assertThat(header(answer, "X-Cache")).isEqualTo("MISS");
    }
  }

  /** One a minute, and one more for the minute that has begun. */
  private void assertFewWarnings(CapturedOutput output) {
    assertThat(output.getAll().lines().filter(line -> line.matches(".* (WARN|ERROR) .*")).count())
        .isLessThanOrEqualTo(1 + Duration.between(start, Instant.now()).toMinutes());
  }

  private Path fill() throws IOException {
    var filler = directory.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      var page = new byte[4_096];
      for (var pages = 0; pages < 1_000; pages++) {
        out.write(page);
      }
      throw new AssertionError("the disk is not full");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
      return filler;
    }
  }
}
