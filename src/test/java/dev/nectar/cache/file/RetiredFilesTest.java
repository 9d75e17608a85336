package dev.nectar.cache.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetiredFilesTest {

  @TempDir private Path directory;

  private Path file(String name) throws IOException {
    return Files.createFile(directory.resolve(name));
  }

  @Test
  void file_isUnlinkedAfterTheDelay() throws IOException {
    try (var retired = new RetiredFiles(Duration.ofMillis(1))) {
      retired.add(file("a"));
      retired.add(file("b"));

      await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());
    }
  }

  @Test
  void file_isThereUntilTheDelayIsOver() throws IOException {
    var retired = new RetiredFiles(Duration.ofHours(1));
    retired.add(file("a"));
    assertThat(directory).isNotEmptyDirectory();

    retired.close();
    assertThat(directory).as("closed").isEmptyDirectory();

    retired.add(file("b"));
    assertThat(directory).as("added later").isEmptyDirectory();
  }

  @Test
  void file_thatIsGoneOrCannotBeUnlinked_isNoHindrance() throws IOException {
    Files.createFile(Files.createDirectory(directory.resolve("full")).resolve("file"));
    try (var retired = new RetiredFiles(Duration.ofHours(1))) {
      retired.add(directory.resolve("full"));
      retired.add(directory.resolve("gone"));
      retired.add(file("a"));
    }
    assertThat(directory.resolve("a")).doesNotExist();
    assertThat(directory.resolve("full")).isNotEmptyDirectory();
  }
}
