package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DirectoryScanTest extends FileStoreCase {

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  @Test
  void temporaryFiles_ofAnotherRun_areRemoved() throws Exception {
    SampleImages.stage(area(), PNG);
    var mine = area();
    var inWork = SampleImages.stage(mine, PNG);

    open(mine, 1_000_000).start().join();

    assertThat(files()).hasSize(1);
    assertThat(inWork.open()).hasBinaryContent(PNG);
    inWork.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void images_thatNoDescriptionNames_areRemovedAndPairsAreNot() throws Exception {
    keep(open(), "apple", PNG);
    Files.write(otherData("apple"), PNG);
    Files.write(unnamedData("apple"), PNG);
    open().keep(key("pear"), new Blocked(provenance("pear", clock.instant())));
    Files.write(otherData("pear"), PNG);
    Files.write(unnamedData("pear"), PNG);
    Files.write(otherData("orphan"), PNG);
    Files.write(unnamedData("orphan"), PNG);
    Files.writeString(meta("original"), "{\"createdAt\":1735689600000}");
    Files.write(unnamedData("original"), PNG);
    Files.write(otherData("original"), PNG);

    var store = openAndScan(1_000_000);

    assertThat(files())
        .containsExactlyInAnyOrder(
            data("apple"), meta("apple"), meta("pear"), unnamedData("original"), meta("original"));
    assertThat(store.status().entries()).isEqualTo(3);
  }

  @Test
  void bytes_areThoseOfTheEntries() throws Exception {
    keep(open(), "apple", PNG);

    var store = openAndScan(1_000_000);

    assertThat(store.status().entries()).isEqualTo(1);
    assertThat(store.status().bytes())
        .isEqualTo(Files.size(data("apple")) + Files.size(meta("apple")));
  }

  @Test
  void image_whoseDescriptionCannotBeRead_isLeftAlone() throws Exception {
    var description = Files.createDirectory(meta("apple"));
    Files.createFile(description.resolve("file"));
    Files.write(otherData("apple"), PNG);
    Files.write(unnamedData("apple"), PNG);

    openAndScan(1_000_000);

    assertThat(files())
        .containsExactlyInAnyOrder(meta("apple"), otherData("apple"), unnamedData("apple"));
  }

  @Test
  void image_whoseDescriptionCannotBeUnderstood_isRemovedWithIt() throws Exception {
    keep(open(), "apple", PNG);
    Files.writeString(meta("apple"), "{\"file\"");

    openAndScan(1_000_000);

    assertThat(files()).isEmpty();
  }

  @Test
  void notes_expired_areRemoved() throws Exception {
    open().keep(key("apple"), new Blocked(provenance("apple", clock.instant())));
    clock.advance(Duration.ofHours(1));
    open().keep(key("pear"), new Blocked(provenance("pear", clock.instant())));
    clock.advance(BLOCKED_TTL.minusHours(1));

    var store = openAndScan(1_000_000);

    assertThat(files()).containsExactly(meta("pear"));
    assertThat(store.status().entries()).isEqualTo(1);
  }

  @Test
  void foreignFiles_areLeftAlone() throws Exception {
    Files.createFile(directory.resolve("notes.txt"));
    Files.createFile(directory.resolve("thesis.tmp"));
    Files.createFile(directory.resolve("short.data"));
    Files.createDirectory(directory.resolve("sub.meta.json"));

    var store = openAndScan(1_000_000);

    assertThat(files()).hasSize(4);
    assertThat(store.status().entries()).isZero();
  }

  @Test
  void directory_missingOrAFile_isNoFault() throws Exception {
    Files.delete(directory);
    assertThat(openAndScan(1_000_000).status().entries()).isZero();

    Files.deleteIfExists(directory);
    Files.createFile(directory);
    assertThat(openAndScan(1_000_000).status().entries()).isZero();
  }

  @Test
  void store_withManyEntries_servesAtOnceAndKnowsThemSoon() throws Exception {
    var image = Files.write(directory.resolve("image"), PNG);
    for (var number = 0; number < 5_000; number++) {
      Files.createLink(unnamedData("p" + number), image);
      Files.writeString(meta("p" + number), "{\"createdAt\":1735689600000}");
    }
    var area = new StagingArea(directory, 1_000_000);
    try (var store = open(area, 1_000_000_000)) {
      var scan = store.start();

      assertThat(store.find(key("p4999"))).isPresent();
      var kept = keep(store, area, "new", PNG);
      assertThat(store.find(key("new"))).contains(kept);
      assertThat(store.delete(key("p0"))).isTrue();
      scan.join();
      assertThat(store.status().entries()).isEqualTo(5_000);
      assertThat(store.find(key("p0"))).isEmpty();
    }
  }
}
