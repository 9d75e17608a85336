package dev.nectar.server;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Other users of the machine read neither pictures nor prompts. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class OtherUsersTest {

  private static final String WARNING = "can be read by every user of this machine";

  @TempDir private Path directory;
  private final Painter painter = Painter.start();

  OtherUsersTest() throws IOException {
    painter.paints(SampleImages.png(300, 1));
  }

  @AfterEach
  void stop() {
    painter.close();
  }

  /** By relative path. */
  private Map<Path, String> permissions() throws IOException {
    try (var files = Files.walk(directory)) {
      return files
          .filter(file -> !file.equals(directory))
          .collect(toMap(directory::relativize, OtherUsersTest::permissions));
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void cache_isForItsOwnerAlone(CapturedOutput output) throws Exception {
    var cache = directory.resolve("var/images");
    try (var nectar = NectarServer.start(cache, painter.url())) {
      assertThat(nectar.image("apple").statusCode()).isEqualTo(200);

      var permissions = permissions();
      assertThat(permissions).hasSize(5);
      assertThat(permissions)
          .allSatisfy((file, rights) ->
              assertThat(rights)
                  .as("%s", file)
                  .isEqualTo(
                      Files.isDirectory(directory.resolve(file)) ? "rwx------" : "rw-------"));
    }
    assertThat(output).doesNotContain(WARNING);
  }

  @Test
  void database_isForItsOwnerAloneWithItsSideFiles(CapturedOutput output) throws Exception {
    try (var host = PublishingHost.start();
        var nectar =
            NectarServer.start(
                directory.resolve("images"),
                painter.url(),
                host.settings(Map.of("KV_FILE", directory.resolve("kv/cache.db").toString())))) {
      assertThat(nectar.image("apple").statusCode()).isEqualTo(302);

      assertThat(permissions())
          .containsEntry(Path.of("images"), "rwx------")
          .containsEntry(Path.of("kv"), "rwx------")
          .containsEntry(Path.of("kv/cache.db"), "rw-------")
          .containsEntry(Path.of("kv/cache.db-wal"), "rw-------")
          .containsEntry(Path.of("kv/cache.db-shm"), "rw-------");
    }
    assertThat(output).doesNotContain(WARNING);
  }

  @Test
  void whatWasOpenBefore_isLeftAndWarnedOfOnce(CapturedOutput output) throws Exception {
    var open = PosixFilePermissions.fromString("rwxr-xr-x");
    Files.setPosixFilePermissions(directory, open);
    try (var nectar = NectarServer.start(directory, painter.url())) {
      nectar.image("apple");
      nectar.image("pear");
    }
    assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(open);
    assertThat(permissions().values()).hasSize(5).containsOnly("rw-------");
    assertThat(output).containsOnlyOnce("CACHE_DIR " + directory + " " + WARNING);
  }
}
