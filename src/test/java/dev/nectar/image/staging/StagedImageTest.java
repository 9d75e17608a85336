package dev.nectar.image.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedImageTest {

  private static final int MAX_BYTES = 100_000;

  @TempDir Path temp;
  private Path directory;
  private StagingArea area;

  @BeforeEach
  void stageInADirectoryThatIsNotThereYet() {
    directory = temp.resolve("cache");
    area = new StagingArea(directory, MAX_BYTES);
  }

  @Test
  void sink_writtenInPieces_learnsFormatSizeAndChecksum() throws Exception {
    var bytes = SampleImages.bytes(ImageFormat.WEBP, 5_000, 1);

    try (var sink = area.open()) {
      sink.write(bytes[0]);
      sink.write(bytes, 1, 70);
      sink.write(bytes, 71, bytes.length - 71);
      try (var image = sink.finish()) {
        assertThat(image.format()).isEqualTo(ImageFormat.WEBP);
        assertThat(image.size()).isEqualTo(5_000);
        assertThat(image.sha256())
            .isEqualTo(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(image.open()).hasBinaryContent(bytes);
      }
    }
  }

  @Test
  void sink_closedUnfinished_leavesNothing() throws IOException {
    try (var sink = area.open()) {
      sink.write(SampleImages.png(100, 1));
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void sink_ofNoImage_refusesToFinishAndLeavesNothing() throws IOException {
    try (var sink = area.open()) {
      sink.write("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThatThrownBy(sink::finish).isInstanceOf(NotAnImageException.class);
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void sink_ofNothing_refusesToFinish() throws IOException {
    try (var sink = area.open()) {
      assertThatThrownBy(sink::finish).isInstanceOf(NotAnImageException.class);
    }
  }

  @Test
  void sink_overTheLimit_refusesTheByteTooMany() throws IOException {
    try (var sink = area.open()) {
      sink.write(SampleImages.png(MAX_BYTES, 1));
      assertThatThrownBy(() -> sink.write(0)).isInstanceOf(ImageTooLargeException.class);
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void sink_afterClose_takesNoMore() throws IOException {
    var sink = area.open();
    sink.close();

    assertThatThrownBy(() -> sink.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(sink::finish).isInstanceOf(IOException.class);
  }

  @Test
  void sink_withAFileForADirectory_holdsTheImageInMemory() throws IOException {
    Files.createFile(directory);
    var bytes = SampleImages.png(5_000, 1);

    try (var image = SampleImages.stage(area, bytes)) {
      assertThat(image.open()).hasBinaryContent(bytes);
      assertThatThrownBy(image::force).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> image.moveTo(directory.resolve("kept")))
          .isInstanceOf(IOException.class);
      assertThat(image.open()).hasBinaryContent(bytes);
    }
  }

  @Test
  void image_moved_isKeptAndOutlivesItsClosing() throws IOException {
    var bytes = SampleImages.png(5_000, 1);
    var kept = directory.resolve("kept");

    try (var image = SampleImages.stage(area, bytes)) {
      image.moveTo(kept);
    }

    assertThat(kept).hasBinaryContent(bytes);
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(kept));
  }

  @Test
  void image_closedUnmoved_leavesNothing() throws IOException {
    SampleImages.stage(area, SampleImages.png(100, 1)).close();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void image_openedTwice_isReadIndependently() throws IOException {
    var bytes = SampleImages.png(5_000, 1);

    try (var image = SampleImages.stage(area, bytes);
        var one = image.open();
        var other = image.open()) {
      assertThat(one.readNBytes(10)).isEqualTo(Arrays.copyOf(bytes, 10));
      assertThat(other.read()).isEqualTo(0x89);
      assertThat(one.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 10, bytes.length));
      assertThat(one.read()).isEqualTo(-1);
      assertThat(other.readAllBytes()).hasSize(4_999);
    }
  }

  @Test
  void image_whoseFileWasDeleted_canStillBeRead() throws IOException {
    var bytes = SampleImages.png(5_000, 1);

    try (var image = SampleImages.stage(area, bytes)) {
      try (var files = Files.list(directory)) {
        Files.delete(files.findFirst().orElseThrow());
      }
      assertThatThrownBy(() -> image.moveTo(directory.resolve("kept")))
          .isInstanceOf(IOException.class);
      assertThat(image.open()).hasBinaryContent(bytes);
    }
  }

  @Test
  void image_moved_canBeReadUntilItIsClosed() throws IOException {
    var bytes = SampleImages.png(5_000, 1);

    try (var image = SampleImages.stage(area, bytes)) {
      image.moveTo(directory.resolve("kept"));
      Files.delete(directory.resolve("kept"));
      assertThat(image.open()).hasBinaryContent(bytes);
    }
  }

  @Test
  void image_lost_isClosedByTheGarbageCollector() throws IOException {
    stageAndLose();

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          System.gc();
          assertThat(directory).isEmptyDirectory();
        });
  }

  private void stageAndLose() throws IOException {
    assertThat(SampleImages.stage(area, SampleImages.png(100, 1)).size()).isEqualTo(100);
    assertThat(directory).isNotEmptyDirectory();
  }

  @Test
  void memory_inTheDisksPlace_isBoundedAndGivenBack() throws IOException {
    Files.createFile(directory);
    var small = new StagingArea(directory, MAX_BYTES, 3 * HeldBytes.BLOCK_BYTES);
    var large = SampleImages.png(MAX_BYTES, 1);

    for (var round = 0; round < 3; round++) {
      try (var first = SampleImages.stage(small, large);
          var second = small.open()) {
        assertThatThrownBy(() -> second.write(large)).isInstanceOf(NoRoomException.class);
        assertThat(first.open()).hasBinaryContent(large);
      }
    }
  }
}
