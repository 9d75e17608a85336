package dev.nectar.cache;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;

import dev.nectar.SettableClock;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.SampleImages;
import dev.nectar.image.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A directory and the runs of a file store in it. */
abstract class FileStoreCase {

  static final Duration BLOCKED_TTL = Duration.ofHours(24);
  static final Duration FALLBACK_FAILED_TTL = Duration.ofMinutes(1);

  @TempDir Path directory;
  final SettableClock clock = new SettableClock(Samples.NOW);

  final StagingArea area() {
    return new StagingArea(directory, 1_000_000);
  }

  /** A store as after a start, that has not looked through its directory. */
  final FileCacheStore open(StagingArea area, long maxBytes) {
    return new FileCacheStore(area, maxBytes, new Expiry(BLOCKED_TTL, FALLBACK_FAILED_TTL, clock));
  }

  final FileCacheStore open() {
    return open(area(), 1_000_000);
  }

  final FileCacheStore openAndScan(long maxBytes) throws InterruptedException {
    var store = open(area(), maxBytes);
    store.start().join();
    return store;
  }

  final Stored keep(FileCacheStore store, String prompt, byte[] bytes) throws IOException {
    return keep(store, area(), prompt, bytes);
  }

  final Stored keep(FileCacheStore store, StagingArea area, String prompt, byte[] bytes)
      throws IOException {
    try (var image = SampleImages.stage(area, bytes)) {
      return store.keep(key(prompt), provenance(prompt, clock.instant()), image);
    }
  }

  final Path meta(String prompt) {
    return directory.resolve(key(prompt) + ".meta.json");
  }

  final Path data(String prompt) {
    return directory.resolve(key(prompt) + ".data");
  }

  final void lastUsed(String prompt, Instant time) throws IOException {
    Files.setLastModifiedTime(meta(prompt), FileTime.from(time));
  }

  final List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }
}
