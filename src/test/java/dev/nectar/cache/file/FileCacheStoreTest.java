package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryJson;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.ImageCacheStoreContract;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCacheStoreTest extends ImageCacheStoreContract {

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  private final RandomGenerator random = new Random(1);

  @TempDir Path directory;
  private @Nullable StagingArea area;

  @Override
  protected FileCacheStore open(Expiry expiry) {
    area = new StagingArea(directory, 1_000_000);
    return new FileCacheStore(area, 1_000_000, expiry, random, () -> {}, Duration.ZERO);
  }

  private FileCacheStore reopened() {
    return open(expiry);
  }

  @Override
  protected StagingArea area() {
    return Objects.requireNonNull(area);
  }

  /** By the time of their files, as another run finds them. */
  @Override
  protected CacheStore keepImages(List<String> prompts) throws Exception {
    for (var prompt : prompts) {
      clock.advance(Duration.ofSeconds(1));
      Files.setLastModifiedTime(keep(prompt, PNG).file(), FileTime.from(clock.instant()));
    }
    var found = reopened();
    found.start().join();
    return found;
  }

  private Path meta(String prompt) {
    return directory.resolve(key(prompt) + ".meta.json");
  }

  private Path data(String prompt) {
    return ((CacheEntry.Stored) store().find(key(prompt)).orElseThrow()).file();
  }

  @Test
  void entry_ofAnotherRun_isFoundAsItWas() throws IOException {
    var kept = keep("apple", PNG);

    assertThat(reopened().find(key("apple"))).contains(kept);
  }

  @Test
  void note_fromTheFuture_countsFromWhenTheFirstRunSawIt() throws Exception {
    var future = clock.instant().plus(Duration.ofDays(365));
    Files.writeString(meta("apple"), "{\"blocked\":true}");
    Files.setLastModifiedTime(meta("apple"), FileTime.from(future));
    Files.write(meta("pear"), EntryJson.write(new CacheEntry.Blocked(provenance("pear", future))));

    reopened().start().join();

    clock.advance(BLOCKED_TTL.minusMillis(1));
    assertThat(reopened().find(key("apple"))).isPresent();
    assertThat(reopened().find(key("pear"))).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(reopened().find(key("apple"))).isEmpty();
    assertThat(reopened().find(key("pear"))).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void image_fromTheFuture_isToldAsMadeNow() throws Exception {
    clock.step(Duration.ofDays(365));
    keep("apple", PNG);
    clock.step(Duration.ofDays(-365));

    assertThat(reopened().find(key("apple")).orElseThrow().provenance().createdAt())
        .isEqualTo(clock.instant());
    var listing = reopened();
    listing.start().join();
    assertThat(listing.list(new EntryQuery(null, "", 9)).entries())
        .extracting(listed -> listed.entry().provenance().createdAt())
        .containsExactly(clock.instant());
  }

  @Test
  void description_isReadableAndTellsEverything() throws IOException {
    var kept = keep("🍎", PNG);

    assertThat(meta("🍎"))
        .hasContent(
            """
            {
              "request" : {
                "prompt" : "🍎",
                "width" : 512,
                "height" : 1024,
                "model" : "flux",
                "seed" : 7
              },
              "prompt" : "a rewritten 🍎",
              "optimizedPrompt" : "an optimized 🍎",
              "rewrittenPrompt" : "a rewritten 🍎",
              "source" : "FALLBACK",
              "model" : "sent-model",
              "createdAt" : "2026-05-01T12:00:00.123456Z",
              "contentType" : "image/png",
              "size" : 3000,
              "sha256" : "%s",
              "file" : "%s",
              "width" : 640,
              "height" : 480
            }\
            """
                .formatted(kept.sha256(), kept.file().getFileName()));
    assertThat(kept.file().getFileName()).asString().matches(key("🍎") + "-[0-9a-f]{8}\\.data");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void image_changedOnTheDisk_isLoadedAnew() throws IOException {
    keep("apple", PNG);
    var other = SampleImages.png(4_000, 2);
    Files.write(data("apple"), other);

    assertThat(store().find(key("apple"))).as("no longer what is described").isEmpty();
    await().untilAsserted(() -> assertThat(directory).isEmptyDirectory());
  }

  @Test
  void image_touchedOnTheDisk_isStillFound() throws IOException {
    var kept = keep("apple", PNG);
    Files.setLastModifiedTime(data("apple"), FileTime.from(Instant.EPOCH));

    assertThat(store().find(key("apple"))).contains(kept);
    assertThat(store().find(key("apple"))).contains(kept);
  }

  @Test
  void entry_replacedByAnotherRun_isFoundOnceTheOldImageIsUnlinked() throws IOException {
    keep("apple", PNG);
    var other = reopened();
    try (var image = SampleImages.stage(area(), SampleImages.png(4_000, 2))) {
      var kept = other.keep(key("apple"), provenance("apple", clock.instant()), image);

      await().untilAsserted(() -> assertThat(store().find(key("apple"))).contains(kept));
    }
  }

  @Test
  void imageLargerThanTheCache_isRefusedAndStaysStaged() throws Exception {
    var kept = keep("apple", PNG);
    var small = new FileCacheStore(area(), 5_000, expiry, random, () -> {}, Duration.ZERO);
    small.start().join();
    var huge = SampleImages.png(4_900, 2);

    try (var image = SampleImages.stage(area(), huge)) {
      assertThatThrownBy(() -> small.keep(key("huge"), provenance("huge", clock.instant()), image))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("larger than the whole cache (5,000 bytes)");
      assertThat(image.open()).hasBinaryContent(huge);
    }
    assertThat(small.find(key("apple"))).contains(kept);
  }

  @Test
  void status_countsEntriesAndAllTheirBytes() throws IOException {
    keep("apple", PNG);
    keep("pear", PNG);
    store().keep(key("plum"), new CacheEntry.Blocked(provenance("plum", clock.instant())));
    keep("pear", SampleImages.png(100, 1));

    var bytes =
        Files.size(data("apple"))
            + Files.size(data("pear"))
            + Files.size(meta("apple"))
            + Files.size(meta("pear"))
            + Files.size(meta("plum"));
    assertThat(store().status()).isEqualTo(new CacheStatus("filesystem", 3L, bytes, true, true));

    store().delete(key("pear"));
    store().delete(key("apple"));
    store().delete(key("plum"));
    assertThat(store().status()).isEqualTo(new CacheStatus("filesystem", 0L, 0L, true, true));
  }

  @Test
  void directory_deletedWhileRunning_missesAndComesBack() throws IOException {
    keep("apple", PNG);
    store().keep(key("plum"), new CacheEntry.Blocked(provenance("plum", clock.instant())));
    for (var file : new Path[] {data("apple"), meta("apple"), meta("plum"), directory}) {
      Files.delete(file);
    }

    assertThat(store().find(key("apple"))).isEmpty();
    assertThat(store().find(key("plum"))).isEmpty();
    assertThat(store().delete(key("apple"))).isFalse();
    var kept = keep("apple", PNG);
    assertThat(store().find(key("apple"))).contains(kept);
  }

  @Test
  void directory_thatIsAFile_missesAndRefusesToKeep() throws IOException {
    Files.delete(directory);
    Files.createFile(directory);

    assertThat(store().find(key("apple"))).isEmpty();
    assertThat(store().delete(key("apple"))).isFalse();
    assertThatThrownBy(() -> keep("apple", PNG)).isInstanceOf(IOException.class);
    assertThatThrownBy(() ->
            store().keep(key("plum"), new CacheEntry.Blocked(provenance("plum", clock.instant()))))
        .isInstanceOf(IOException.class);
    assertThat(store().status()).isEqualTo(new CacheStatus("filesystem", 0L, 0L, false, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void directory_thatCanBeHadAgain_isReadableOnceItIsLookedAt(boolean isThere) throws IOException {
    Files.delete(directory);
    Files.createFile(directory);
    assertThatThrownBy(() -> keep("apple", PNG)).isInstanceOf(IOException.class);
    Files.delete(directory);
    if (isThere) {
      Files.createDirectory(directory);
    }

    assertThat(store().status().readable()).isFalse();
    store().probe();

    assertThat(store().status()).isEqualTo(new CacheStatus("filesystem", 0L, 0L, true, false));
  }
}
