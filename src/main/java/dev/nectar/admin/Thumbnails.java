package dev.nectar.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.cache.CacheEntry;
import dev.nectar.http.Deadline;
import dev.nectar.http.RemoteFiles;
import dev.nectar.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Small versions of images, made when first asked for and held in memory within a bound. */
@Component
final class Thumbnails {

  private static final long MAX_BYTES = 32L << 20;
  private static final long MAX_AVIF_BYTES = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RemoteFiles remote;
  private final Ticker ticker;

  /** Decoding takes a core and some megabytes each. */
  private final Semaphore places = new Semaphore(2, true);

  private final Cache<String, Thumbnail> made =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((String sha256, Thumbnail thumbnail) -> thumbnail.bytes().length)
          .build();

  Thumbnails(RemoteFiles remote, Ticker ticker) {
    this.remote = remote;
    this.ticker = ticker;
  }

  /**
   * Empty if the entry is no image.
   *
   * @throws IOException if the image can't be read
   */
  Optional<Thumbnail> of(CacheEntry entry) throws IOException {
    return switch (entry) {
      // Java has no decoder for it, and its files are small.
      case CacheEntry.Stored(_, var format, var size, _, var file)
          when format == ImageFormat.AVIF ->
          size > MAX_AVIF_BYTES
              ? Optional.empty()
              : Optional.of(new Thumbnail(format.mediaType(), Files.readAllBytes(file)));
      case CacheEntry.Stored stored ->
          Optional.of(
              make(stored.sha256(), () -> Thumbnail.of(Files.newInputStream(stored.file()))));
      case CacheEntry.Hosted hosted ->
          Optional.of(
              make(
                  hosted.sha256(),
                  () ->
                      remote.fetch(
                          hosted.url(),
                          place -> false,
                          Deadline.in(PATIENCE, ticker),
                          Thumbnail::of)));
      case CacheEntry.Blocked _, CacheEntry.FallbackFailed _ -> Optional.empty();
    };
  }

  private interface Making {
    Thumbnail make() throws IOException;
  }

  private Thumbnail make(String sha256, Making making) throws IOException {
    var known = made.getIfPresent(sha256);
    if (known != null) {
      return known;
    }
    places.acquireUninterruptibly();
    try {
      var again = made.getIfPresent(sha256);
      var thumbnail = again == null ? making.make() : again;
      made.put(sha256, thumbnail);
      return thumbnail;
    } finally {
      places.release();
    }
  }
}
