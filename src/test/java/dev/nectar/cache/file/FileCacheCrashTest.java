package dev.nectar.cache.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.storage.ChildJvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FileCacheCrashTest {

  private static final int ROUNDS = 2;
  private static final int DIRECTORIES = 6;

  @TempDir Path directory;

  @Test
  void processKilledWhileWriting_leavesOnlyWholeEntries() throws Exception {
    var random = new Random(2026);
    for (var round = 0; round < ROUNDS; round++) {
      killWhileWriting(random.nextLong(), 150 + random.nextInt(450));
      for (var cache : caches()) {
        assertIsWhole(cache);
      }
    }
  }

  private List<Path> caches() {
    return IntStream.range(0, DIRECTORIES)
        .mapToObj(number -> directory.resolve("cache-" + number))
        .toList();
  }

  private void killWhileWriting(long seed, int millis) throws Exception {
    var arguments =
        Stream.concat(Stream.of(Long.toString(seed)), caches().stream().map(Path::toString));
    try (var child =
        ChildJvm.start(CrashingWriter.class, Redirect.DISCARD, arguments.toArray(String[]::new))) {
      child.awaitWork(millis);
    }
  }

  private static void assertIsWhole(Path cache) throws Exception {
    var store = CrashingWriter.open(new StagingArea(cache, CrashingWriter.MAX_BYTES));
    assertEntriesAreWhole(store);
    assertThat(store.start().join(Duration.ofSeconds(5))).as("looked through").isTrue();
    store.close();
    assertOnlyEntriesAreLeft(store, cache);
    assertThat(assertEntriesAreWhole(store)).as("entries").isPositive();
  }

  private static int assertEntriesAreWhole(CacheStore store) throws IOException {
    var entries = 0;
    for (var number = 0; number < CrashingWriter.KEYS; number++) {
      var entry = store.find(CrashingWriter.key(number)).orElse(null);
      if (entry instanceof Stored stored) {
        var version = Integer.parseInt(Objects.requireNonNull(stored.provenance().prompt()));
        assertThat(Files.readAllBytes(stored.file()))
            .isEqualTo(CrashingWriter.content(number, version));
      }
      entries += entry == null ? 0 : 1;
    }
    return entries;
  }

  private static void assertOnlyEntriesAreLeft(CacheStore store, Path directory)
      throws IOException {
    WholeEntries.assertNothingElse(directory, "after the scan");
    var bytes = 0L;
    var metas = 0L;
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        metas += file.toString().endsWith(".meta.json") ? 1 : 0;
        bytes += Files.size(file);
      }
    }
    assertThat(store.status()).isEqualTo(new CacheStatus("filesystem", metas, bytes, true, true));
    assertThat(bytes).isLessThanOrEqualTo(CrashingWriter.MAX_BYTES);
  }
}
