package dev.nectar.cache;

import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.file.FileCacheStore;
import dev.nectar.cache.redis.RedisCacheStore;
import dev.nectar.cache.sqlite.SqliteCacheStore;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.storage.RedisProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/**
 * A page of 50 out of 100,000 entries: the newest, some from the middle, and a search that finds
 * nothing. The stores' files are in {@code java.io.tmpdir}, best one in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ListingBenchmark {

  private static final int ENTRIES = 100_000;
  private static final int PAGE = 50;

  /** Which store has the entries. */
  public enum Kind {
    FILE,
    SQLITE,
    REDIS
  }

  @Param Kind store;

  private final Deque<Closeable> open = new ArrayDeque<>();
  private @Nullable CacheStore filled;
  private @Nullable Position middle;

  @Setup
  public void fill() throws Exception {
    var directory = Files.createTempDirectory("nectar-listing");
    open.push(() -> FileSystemUtils.deleteRecursively(directory));
    var expiry = new Expiry(Duration.ofHours(24), Duration.ofMinutes(1), InstantSource.system());
    var opened =
        switch (store) {
          case FILE -> filesIn(directory, expiry);
          case SQLITE -> hosted(sqliteIn(directory, expiry));
          case REDIS -> hosted(redis(expiry));
        };
    var page = opened.list(new EntryQuery(null, "", 200));
    for (var seen = 200; seen < ENTRIES / 2; seen += 200) {
      page = opened.list(new EntryQuery(page.next(), "", 200));
    }
    middle = page.next();
    filled = opened;
  }

  private static CacheStore filesIn(Path directory, Expiry expiry) throws Exception {
    var area = new StagingArea(directory, 1_000_000);
    var files = new FileCacheStore(area, Long.MAX_VALUE, expiry, new Random(1), () -> {});
    for (var i = 0; i < ENTRIES; i++) {
      try (var image = SampleImages.stage(area, SampleImages.png(100, 1))) {
        files.keep(Samples.key("apple " + i), provenance(i), image);
      }
    }
    return files;
  }

  private CacheStore sqliteIn(Path directory, Expiry expiry) {
    var sqlite = new SqliteCacheStore(directory.resolve("cache.db"), expiry);
    open.push(sqlite::close);
    return sqlite;
  }

  private CacheStore redis(Expiry expiry) throws Exception {
    var redis = RedisProcess.started();
    open.push(redis::close);
    var connections = RedisProcess.connect(redis.url(), Duration.ofSeconds(10));
    open.push(connections::close);
    return new RedisCacheStore(connections, expiry);
  }

  private static CacheStore hosted(CacheStore store) throws IOException {
    for (var i = 0; i < ENTRIES; i++) {
      var url = URI.create("https://images.example/" + i);
      var image =
          new Hosted(
              provenance(i), new ImageFacts(ImageFormat.PNG, 100, "ab".repeat(32), null), url);
      store.keep(Samples.key("apple " + i), image);
    }
    return store;
  }

  private static Provenance provenance(int number) {
    return Samples.provenance("apple " + number, Samples.NOW.plusMillis(number));
  }

  @Benchmark
  public EntryPage newest() {
    return list(null, "");
  }

  @Benchmark
  public EntryPage fromTheMiddle() {
    return list(middle, "");
  }

  @Benchmark
  public EntryPage vainSearch() {
    return list(null, "pear");
  }

  private EntryPage list(@Nullable Position after, String text) {
    if (filled == null) {
      throw new IllegalStateException("not filled");
    }
    return filled.list(new EntryQuery(after, text, PAGE));
  }

  @TearDown
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
