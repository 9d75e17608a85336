package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file that is opened by its name is the one that was found. */
class FileCacheHoldTest extends FileStoreCase {

  private static final byte[] PNG = SampleImages.png(1_000, 1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void delete_ofWhatIsHeldForTooLong_goesOn() throws Exception {
    var store = open();
    var entry = keep(store, "apple", PNG);
    assertThat(store.hold(entry)).isPresent();

    assertThat(store.delete(key("apple"))).isTrue();
    assertThat(entry.file()).doesNotExist();
    keep(store, "apple", PNG);
  }

  @Test
  void hold_ofWhatHasChanged_isRefused() throws Exception {
    var store = open();
    var old = keep(store, "apple", PNG);
    keep(store, "apple", SampleImages.png(2_000, 2));
    assertThat(store.hold(old)).isEmpty();

    var current = keep(store, "apple", PNG);
    store.delete(key("apple"));
    assertThat(store.hold(current)).isEmpty();
  }

  @Test
  void file_thatIsReplacedAllTheTime_isWhatWasFound() throws Exception {
    var store = open();
    keep(store, "apple", PNG);
    var done = new AtomicBoolean();
    var writer = threads.submit(() -> changeUntil(done, store));
    var opened = 0;
    for (var i = 0; i < 2_000; i++) {
      if (store.find(key("apple")).orElse(null) instanceof CacheEntry.Stored entry) {
        var hold = store.hold(entry);
        if (hold.isPresent()) {
          assertThat(Files.size(entry.file())).isEqualTo(entry.size());
          hold.get().run();
          opened++;
        }
      }
    }
    done.set(true);
    writer.get(10, SECONDS);

    assertThat(opened).isPositive();
  }

  private Void changeUntil(AtomicBoolean done, FileCacheStore store) throws IOException {
    var random = new Random(1);
    while (!done.get()) {
      if (random.nextInt(4) == 0) {
        store.delete(key("apple"));
      } else {
        keep(store, "apple", SampleImages.png(500 + random.nextInt(1_000), 1));
      }
    }
    return null;
  }
}
