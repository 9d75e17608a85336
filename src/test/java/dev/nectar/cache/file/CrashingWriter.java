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
import java.util.Random;

/** A process that writes to a cache until it is killed. */
final class CrashingWriter {

  static final int KEYS = 60;
  static final long MAX_BYTES = 2_500_000;

  /** Short, so that it dies among its unlinking, too. */
  private static final Duration RETIREMENT = Duration.ofMillis(5);

  private CrashingWriter() {}

  public static void main(String[] arguments) {
    var area = new StagingArea(Path.of(arguments[0]), MAX_BYTES);
    var store = open(area);
    store.start();
    var seeds = new Random(Long.parseLong(arguments[1]));
    for (var thread = 0; thread < 8; thread++) {
      var random = new Random(seeds.nextLong());
      Thread.ofPlatform().start(() -> write(area, store, random));
    }
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

  private static void write(StagingArea area, FileCacheStore store, Random random) {
    try {
      for (var told = false; ; ) {
        var number = random.nextInt(KEYS);
        var version = random.nextInt(1_000);
        switch (random.nextInt(10)) {
          case 0 -> store.delete(key(number));
          case 1 -> store.keep(key(number), new CacheEntry.Blocked(provenance(version)));
          default -> {
            try (var image = SampleImages.stage(area, content(number, version))) {
              store.keep(key(number), provenance(version), image);
            }
            if (!told) {
              System.err.println("writing");
              told = true;
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
