package dev.nectar.cache.file;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.Provenance;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A process that writes to several caches until it is killed. */
final class CrashingWriter {

  static final int KEYS = 60;

  /** Of each cache. */
  private static final int THREADS = 8;

  static final long MAX_BYTES = 2_500_000;

  /** Short, so that it dies among its unlinking, too. */
  private static final Duration RETIREMENT = Duration.ofMillis(5);

  private CrashingWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    var seeds = new Random(Long.parseLong(arguments[0]));
    var directories = List.of(arguments).subList(1, arguments.length);
    var begun = new CountDownLatch(directories.size());
    for (var directory : directories) {
      var area = new StagingArea(Path.of(directory), MAX_BYTES);
      var store = open(area);
      store.start();
      for (var thread = 0; thread < THREADS; thread++) {
        var random = new Random(seeds.nextLong());
        var isFirst = thread == 0;
        Thread.ofPlatform()
            .start(() -> write(area, store, random, isFirst ? begun::countDown : () -> {}));
      }
    }
    begun.await();
    System.err.println("writing");
  }

  static FileCacheStore open(StagingArea area) {
    return new FileCacheStore(
        area,
        MAX_BYTES,
        new Expiry(Duration.ofHours(1), Duration.ofHours(1), InstantSource.system()),
        new Random(),
        () -> {},
        RETIREMENT);
  }

  private static void write(
      StagingArea area, FileCacheStore store, Random random, Runnable onFirst) {
    try {
      for (var kept = false; ; ) {
        var number = random.nextInt(KEYS);
        var version = random.nextInt(1_000);
        switch (random.nextInt(10)) {
          case 0 -> store.delete(key(number));
          case 1 -> store.keep(key(number), new CacheEntry.Blocked(provenance(version)));
          default -> {
            try (var image = SampleImages.stage(area, content(number, version))) {
              store.keep(key(number), provenance(version), image);
            }
            if (!kept) {
              onFirst.run();
              kept = true;
            }
          }
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  static CacheKey key(int number) {
    return CacheKey.of(new ImageRequest("image " + number, null, null, 42, false));
  }

  private static Provenance provenance(int version) {
    return new Provenance(
        null,
        Integer.toString(version),
        null,
        null,
        ImageSource.BACKEND,
        null,
        InstantSource.system().instant());
  }

  /** What the key of this number holds if its entry tells this version. */
  static byte[] content(int number, int version) {
    var seed = 1_000L * number + version;
    return SampleImages.png(1_000 + new Random(seed).nextInt(150_000), seed);
  }
}
