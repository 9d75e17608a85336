package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.storage.Tmpfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** Disks that are full or read-only. */
class FileCacheFaultTest extends FileStoreCase {

  private static final byte[] SMALL = SampleImages.png(10_000, 1);
  private static final byte[] LARGE = SampleImages.png(900_000, 2);

  @Test
  void imageWithoutRoomOnTheDisk_isHeldInMemoryAndNotKept() throws Exception {
    try (var _ = Tmpfs.mount(directory)) {
      var area = area();
      var store = open(area, 100_000_000);
      var kept = keep(store, "small", SMALL);
      var filler = Files.write(directory.resolve("filler"), new byte[300_000]);

      try (var image = received(area, LARGE)) {
        assertThat(image.size()).isEqualTo(LARGE.length);
        assertThat(image.sha256()).isEqualTo(SampleImages.sha256(LARGE));
        assertThat(image.open()).hasBinaryContent(LARGE);
        assertThatThrownBy(
                () -> store.keep(key("large"), provenance("large", clock.instant()), image))
            .isInstanceOf(IOException.class);
        assertThat(image.open()).hasBinaryContent(LARGE);
      }
      assertThat(store.find(key("large"))).isEmpty();
      assertThatThrownBy(() -> keep(store, area, "small", LARGE)).isInstanceOf(IOException.class);
      assertThat(store.find(key("small"))).contains(kept);
      assertThat(files()).containsExactlyInAnyOrder(data("small"), meta("small"), filler);

      Files.delete(filler);
      assertThat(keep(store, area, "large", LARGE))
          .isEqualTo(store.find(key("large")).orElseThrow());
    }
  }

  /** Not all at once: most of it is on the disk when there is no more room. */
  private static StagedImage received(StagingArea area, byte[] bytes) throws IOException {
    try (var sink = area.open()) {
      for (var offset = 0; offset < bytes.length; offset += 50_000) {
        sink.write(bytes, offset, Math.min(50_000, bytes.length - offset));
      }
      return sink.finish();
    }
  }

  @Test
  void descriptionWithoutRoomOnTheDisk_leavesTheImageStagedAndTheOldEntry() throws Exception {
    try (var _ = Tmpfs.mount(directory)) {
      var area = area();
      var store = open(area, 100_000_000);
      var old = keep(store, "apple", SMALL);
      try (var image = SampleImages.stage(area, SMALL)) {
        fill();

        assertThatThrownBy(
                () -> store.keep(key("apple"), provenance("apple", clock.instant()), image))
            .isInstanceOf(IOException.class);

        assertThat(image.open()).hasBinaryContent(SMALL);
      }
      assertThat(store.find(key("apple"))).contains(old);
    }
  }

  private void fill() throws IOException {
    try (var filler = Files.newOutputStream(directory.resolve("filler"))) {
      var page = new byte[4_096];
      for (var pages = 0; pages < 1_000; pages++) {
        filler.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
  }

  @Test
  void readOnlyDisk_findsButNeitherKeepsNorDeletes() throws Exception {
    try (var disk = Tmpfs.mount(directory)) {
      var kept = keep(open(), "apple", SMALL);
      keep(open(), "damaged", SMALL);
      Files.write(data("damaged"), LARGE, StandardOpenOption.TRUNCATE_EXISTING);
      disk.makeReadOnly();
      var area = area();
      var store = open(area, 20_000);
      store.start().join();

      assertThat(store.find(key("apple"))).contains(kept);
      assertThat(store.find(key("damaged"))).isEmpty();
      assertThat(store.find(key("unknown"))).isEmpty();
      assertThatThrownBy(() -> keep(store, area, "pear", SMALL)).isInstanceOf(IOException.class);
      var note = new Blocked(provenance("pear", clock.instant()));
      assertThatThrownBy(() -> store.keep(key("pear"), note)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.delete(key("apple"))).isInstanceOf(IOException.class);
      assertThat(store.find(key("apple"))).as("not deleted").contains(kept);
      assertThat(store.delete(key("unknown"))).isFalse();

      disk.makeWritable();
      assertThat(store.delete(key("apple"))).isTrue();
      assertThat(store.find(key("apple"))).isEmpty();
    }
  }
}
