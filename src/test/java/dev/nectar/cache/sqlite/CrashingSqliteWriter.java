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

/** A process that keeps notes, and tells each that was kept, until it is killed. */
final class CrashingSqliteWriter {

  static final int THREADS = 4;

  private static final int MOST_ATTEMPTS = 10;

  private CrashingSqliteWriter() {}

  public static void main(String[] arguments) {
    var store = open(Path.of(arguments[0]));
    var first = Integer.parseInt(arguments[1]);
    for (var thread = 0; thread < THREADS; thread++) {
      var number = thread;
      Thread.ofPlatform().start(() -> write(store, number, first));
    }
  }

  static SqliteCacheStore open(Path file) {
    return new SqliteCacheStore(
        file, new Expiry(Duration.ofHours(1), Duration.ofHours(1), InstantSource.system()));
  }

  private static void write(SqliteCacheStore store, int number, int first) {
    try {
      for (var version = first; ; version++) {
        keep(store, number, version);
        System.out.println(number + " " + version + ";");
        if (number == 0 && version == first) {
          System.err.println("writing");
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
