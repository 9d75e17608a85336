package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has found an image can open its file, whatever becomes of the entry right after. */
class FileCacheRetirementTest extends FileStoreCase {

  private static final byte[] PNG = SampleImages.png(10_000, 1);
  private static final byte[] OTHER = SampleImages.png(10_000, 2);

  enum End {
    REPLACED_BY_AN_IMAGE,
    REPLACED_BY_A_NOTE,
    DELETED,
    EVICTED,
    DELETED_AND_MADE_ANEW
  }

  private void end(FileCacheStore store, End end) throws IOException {
    switch (end) {
      case REPLACED_BY_AN_IMAGE -> keep(store, "apple", OTHER);
      case REPLACED_BY_A_NOTE ->
          store.keep(key("apple"), new Blocked(provenance("apple", clock.instant())));
      case DELETED -> assertThat(store.delete(key("apple"))).isTrue();
      case EVICTED -> keep(store, "pear", OTHER);
      case DELETED_AND_MADE_ANEW -> {
        assertThat(store.delete(key("apple"))).isTrue();
        keep(store, "apple", OTHER);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void image_found_canBeOpenedAfterItsEnd(End end) throws IOException {
    var store = open(area(), 15_000);
    keep(store, "apple", PNG);
    var found = (Stored) store.find(key("apple")).orElseThrow();

    end(store, end);

    assertThat(found.file()).hasBinaryContent(PNG);
    assertThat(store.find(key("apple"))).isNotEqualTo(found);
    store.close();
    assertThat(found.file()).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void image_afterItsEnd_isUnlinkedALittleLater(End end) throws IOException {
    try (var store =
        new FileCacheStore(area(), 15_000, expiry(), random, () -> {}, Duration.ofMillis(1))) {
      var kept = keep(store, "apple", PNG);

      end(store, end);

      await().untilAsserted(() -> assertThat(kept.file()).doesNotExist());
      WholeEntries.assertNothingElse(directory, end.name());
    }
  }

  @Test
  void file_thatIsReplacedAllTheTime_isWhatWasFound() throws Exception {
    var store = open();
    keep(store, "apple", PNG);
    var done = new AtomicBoolean();
    var opened = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer = threads.submit(() -> changeUntil(done, store));
      for (var i = 0; i < 2_000; i++) {
        if (store.find(key("apple")).orElse(null) instanceof Stored entry) {
          assertThat(entry.file()).hasSize(entry.size());
          opened++;
        }
      }
      done.set(true);
      writer.get(30, SECONDS);
    }
    assertThat(opened).isPositive();
  }

  private Void changeUntil(AtomicBoolean done, FileCacheStore store) throws IOException {
    var sizes = new Random(1);
    while (!done.get()) {
      if (sizes.nextInt(4) == 0) {
        store.delete(key("apple"));
      } else {
        keep(store, "apple", SampleImages.png(500 + sizes.nextInt(1_000), 1));
      }
    }
    return null;
  }
}
