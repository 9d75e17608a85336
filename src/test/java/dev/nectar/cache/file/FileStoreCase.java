package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;

import dev.nectar.SettableClock;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.Samples;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A directory and the runs of a file store in it. */
abstract class FileStoreCase {

  static final Duration BLOCKED_TTL = Duration.ofHours(24);
  static final Duration FALLBACK_FAILED_TTL = Duration.ofMinutes(1);

  /** Longer than any test: only a store that is closed unlinks. */
  static final Duration RETIREMENT = Duration.ofHours(1);

  private final List<FileCacheStore> opened = new ArrayList<>();

  final LongAdder evicted = new LongAdder();
  final RandomGenerator random = new Random(1);
  @TempDir Path directory;
  final SettableClock clock = new SettableClock(Samples.NOW);

  final StagingArea area() {
    return new StagingArea(directory, 1_000_000);
  }

  /** A store as after a start, that has not looked through its directory. */
  final FileCacheStore open(StagingArea area, long maxBytes) {
    var store =
        new FileCacheStore(area, maxBytes, expiry(), random, evicted::increment, RETIREMENT);
    opened.add(store);
    return store;
  }

  final Expiry expiry() {
    return new Expiry(BLOCKED_TTL, FALLBACK_FAILED_TTL, clock);
  }

  @AfterEach
  final void close() {
    opened.forEach(FileCacheStore::close);
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

  /** The image that the description names. */
  final Path data(String prompt) throws IOException {
    var description = JsonMapper.shared().readTree(Files.readAllBytes(meta(prompt)));
    return directory.resolve(description.get("file").asString());
  }

  /** The image's name where the description names none. */
  final Path unnamedData(String prompt) {
    return directory.resolve(key(prompt) + ".data");
  }

  /** An image's name that no description has. */
  final Path otherData(String prompt) {
    return directory.resolve(key(prompt) + "-0badcafe.data");
  }

  final void lastUsed(String prompt, Instant time) throws IOException {
    Files.setLastModifiedTime(meta(prompt), FileTime.from(time));
  }

  /** What is there once the stores so far have unlinked what they no longer use. */
  final List<Path> files() throws IOException {
    close();
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }
}
