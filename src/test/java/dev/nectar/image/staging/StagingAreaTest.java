package dev.nectar.image.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingAreaTest {

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  @TempDir private Path directory;

  private StagingArea area() {
    return new StagingArea(directory, 1_000_000);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void temporaryImages_ofAnotherRun_areRemovedAndNothingElse() throws Exception {
    SampleImages.stage(area(), PNG);
    var foreign = Files.createFile(directory.resolve("thesis.tmp"));
    var kept = Files.createFile(directory.resolve("kept.data"));
    var mine = area();
    try (var inWork = SampleImages.stage(mine, PNG)) {
      assertThat(files()).hasSize(4);

      mine.sweep();

      assertThat(files()).hasSize(3).contains(foreign, kept);
      assertThat(inWork.open()).hasBinaryContent(PNG);
    }
    assertThat(files()).containsExactlyInAnyOrder(foreign, kept);
  }

  @Test
  void directory_missing_isNoFaultAndAFileIs() throws Exception {
    Files.delete(directory);
    area().sweep();
    assertThat(directory).doesNotExist();

    Files.createFile(directory);
    assertThatThrownBy(() -> area().sweep()).isInstanceOf(IOException.class);
    assertThat(directory).isRegularFile();
  }
}
