package dev.nectar.cache.sqlite;

import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.Samples;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A process that keeps notes in several files, and tells each that was kept, until it is killed.
 */
final class CrashingSqliteWriter {

  static final int THREADS = 4;

  private static final int MOST_ATTEMPTS = 10;

  private CrashingSqliteWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    var first = Integer.parseInt(arguments[0]);
    var files = List.of(arguments).subList(1, arguments.length);
    var begun = new CountDownLatch(files.size());
    for (var file : files) {
      var store = open(Path.of(file));
      for (var thread = 0; thread < THREADS; thread++) {
        var number = thread;
        Thread.ofPlatform().start(() -> write(store, file, number, first, begun));
      }
    }
    begun.await();
    System.err.println("writing");
  }

  static SqliteCacheStore open(Path file) {
    return new SqliteCacheStore(
        file, new Expiry(Duration.ofHours(1), Duration.ofHours(1), InstantSource.system()));
  }

  private static void write(
      SqliteCacheStore store, String file, int number, int first, CountDownLatch begun) {
    try {
      for (var version = first; ; version++) {
        keep(store, number, version);
        System.out.println(file + " " + number + " " + version + ";");
        if (number == 0 && version == first) {
          begun.countDown();
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** A busy machine may take longer than the store waits, and write it all the same. */
  private static void keep(SqliteCacheStore store, int number, int version) throws IOException {
    for (var attempts = 1; ; attempts++) {
      try {
        store.keep(key(number), hosted(version));
        return;
      } catch (IOException e) {
        if (attempts == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static CacheKey key(int number) {
    return Samples.key("written by thread " + number);
  }

  private static Hosted hosted(int version) {
    return new Hosted(
        Samples.provenance("version " + version, InstantSource.system().instant()),
        new ImageFacts(ImageFormat.PNG, 1, "", null),
        URI.create("https://images.example/" + version));
  }
}
