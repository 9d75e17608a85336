package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheStatus;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileCacheSizeTest extends FileStoreCase {

  /** Room for three, each with its description. */
  private static final long MAX_BYTES = 33_000;

  private static final byte[] PNG = SampleImages.png(10_000, 1);

  private List<String> left() {
    return Stream.of("a", "b", "c", "d", "e").filter(prompt -> Files.exists(meta(prompt))).toList();
  }

  @Test
  void leastRecentlyUsed_leaveFirst() throws IOException {
    var store = open(area(), MAX_BYTES);
    for (var prompt : List.of("a", "b", "c")) {
      keep(store, prompt, PNG);
    }
    store.find(key("a"));
    keep(store, "d", PNG);
    assertThat(left()).containsExactly("a", "c", "d");

    store.find(key("c"));
    keep(store, "e", PNG);
    assertThat(left()).containsExactly("c", "d", "e");
    assertThat(files()).hasSize(6);
    assertThat(store.find(key("a"))).isEmpty();
  }

  @Test
  void oneLargeImage_makesSeveralLeave() throws IOException {
    var store = open(area(), MAX_BYTES);
    for (var prompt : List.of("a", "b", "c")) {
      keep(store, prompt, PNG);
    }
    keep(store, "d", SampleImages.png(20_000, 2));

    assertThat(left()).containsExactly("c", "d");
    assertThat(evicted.sum()).isEqualTo(2);
  }

  @Test
  void recency_survivesARestart() throws Exception {
    var now = Instant.now();
    for (var prompt : List.of("a", "b", "c")) {
      keep(open(), prompt, PNG);
    }
    lastUsed("a", now.minusSeconds(10));
    lastUsed("b", now.minusSeconds(30));
    lastUsed("c", now.minusSeconds(20));
    var store = openAndScan(MAX_BYTES);

    keep(store, "d", PNG);
    assertThat(left()).containsExactly("a", "c", "d");
    keep(store, "e", PNG);
    assertThat(left()).containsExactly("a", "d", "e");
  }

  @Test
  void directoryOverTheLimit_isCutAfterTheScan() throws Exception {
    for (var prompt : List.of("a", "b", "c", "d")) {
      keep(open(), prompt, PNG);
    }
    lastUsed("b", Instant.EPOCH);

    var store = openAndScan(MAX_BYTES);

    assertThat(left()).containsExactly("a", "c", "d");
    assertThat(store.status().entries()).isEqualTo(3);
  }

  @Test
  void use_isNotedOnTheDiskEveryTenMinutes() throws IOException {
    var store = open();
    keep(store, "a", PNG);
    var written = Files.getLastModifiedTime(meta("a"));
    var imageTime = Files.getLastModifiedTime(data("a"));

    clock.advance(Duration.ofMinutes(9));
    store.find(key("a"));
    assertThat(Files.getLastModifiedTime(meta("a"))).isEqualTo(written);

    clock.advance(Duration.ofMinutes(1));
    store.find(key("a"));
    assertThat(Files.getLastModifiedTime(meta("a")).toInstant()).isEqualTo(clock.instant());
    assertThat(Files.getLastModifiedTime(data("a"))).isEqualTo(imageTime);
  }

  @Test
  void manyThreads_stayWithinTheLimitAndLeaveOnlyPairs() throws Exception {
    var area = area();
    var store = open(area, MAX_BYTES);
    var scan = store.start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var keeping =
          IntStream.range(0, 60)
              .mapToObj(number ->
                  threads.submit(() -> {
                    var prompt = "p" + number % 20;
                    keep(store, area, prompt, SampleImages.png(2_000 + number, number));
                    store.find(key("p" + number / 3));
                    return number % 7 == 0 && store.delete(key(prompt));
                  }))
              .toList();
      for (var done : keeping) {
        done.get();
      }
    }

    scan.join();
    var bytes = 0L;
    for (var file : files()) {
      bytes += Files.size(file);
    }
    assertThat(store.status())
        .isEqualTo(new CacheStatus("filesystem", files().size() / 2L, bytes, true, true));
    assertThat(bytes).isLessThanOrEqualTo(MAX_BYTES);
    WholeEntries.assertNothingElse(directory, "in the end");
  }
}
