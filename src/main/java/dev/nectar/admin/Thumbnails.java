package dev.nectar.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.TruncatedImageException;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.variant.Decoding;
import dev.nectar.variant.Decoding.Busy;
import dev.nectar.variant.Decoding.Decoded;
import dev.nectar.variant.Decoding.Undecodable;
import dev.nectar.variant.ImageDecoder;
import dev.nectar.web.HostedImages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small versions of images, made when first asked for and held in memory within a bound. Which
 * images there can be none of is remembered too.
 */
final class Thumbnails {

  private static final Logger log = LoggerFactory.getLogger(Thumbnails.class);

  private static final long MAX_BYTES = 32L << 20;
  private static final long MAX_FAILED = 10_000;
  private static final long MAX_AVIF_BYTES = 1 << 20;
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HostedImages hosted;
  private final StagingArea staging;
  private final ImageDecoder decoder;
  private final Semaphore places = new Semaphore(2, true);

  private final Cache<String, Thumbnail> made =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((String sha256, Thumbnail thumbnail) -> thumbnail.bytes().length)
          .build();

  /** Why there is none. */
  private final Cache<String, String> failed =
      Caffeine.newBuilder().maximumSize(MAX_FAILED).build();

  Thumbnails(HostedImages hosted, StagingArea staging, ImageDecoder decoder) {
    this.hosted = hosted;
    this.staging = staging;
    this.decoder = decoder;
  }

  /**
   * @throws IOException if the image can't be read
   */
  Decoding<Thumbnail> of(Stored entry) throws IOException {
    // Java has no decoder for it, and its files are small.
    return entry.format() == ImageFormat.AVIF
        ? asItIs(entry)
        : make(entry.sha256(), () -> decode(entry.file()));
  }

  /**
   * @throws IOException if the host does not give the image
   */
  Decoding<Thumbnail> of(Hosted entry) throws IOException {
    return make(entry.sha256(), () -> fetch(entry));
  }

  private static Decoding<Thumbnail> asItIs(Stored entry) throws IOException {
    var pixels = entry.pixels();
    return pixels == null || pixels.isOutOfBounds() || entry.size() > MAX_AVIF_BYTES
        ? new Undecodable<>("an AVIF image that is too large to be its own thumbnail")
        : new Decoded<>(
            new Thumbnail(entry.format().mediaType(), Files.readAllBytes(entry.file())));
  }

  private Decoding<Thumbnail> decode(Path file) throws IOException {
    return decoder.decode(file, Thumbnail.EDGE, Thumbnail::of);
  }

  private Decoding<Thumbnail> fetch(Hosted entry) throws IOException {
    try (var image = hosted.fetch(entry, FETCH_TIMEOUT)) {
      var file = staging.temporaryPath();
      image.moveTo(file);
      try {
        return decode(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (NotAnImageException | TruncatedImageException | ImageTooLargeException e) {
      return new Undecodable<>(String.valueOf(e.getMessage()));
    }
  }

  private interface Making {
    Decoding<Thumbnail> make() throws IOException;
  }

  private Decoding<Thumbnail> make(String sha256, Making making) throws IOException {
    var known = known(sha256);
    if (known != null) {
      return known;
    }
    if (!takePlace()) {
      return new Busy<>();
    }
    try {
      var again = known(sha256);
      return again == null ? remember(sha256, making.make()) : again;
    } finally {
      places.release();
    }
  }

  private boolean takePlace() throws InterruptedIOException {
    try {
      return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a place");
    }
  }

  private @Nullable Decoding<Thumbnail> known(String sha256) {
    var reason = failed.getIfPresent(sha256);
    if (reason != null) {
      return new Undecodable<>(reason);
    }
    var thumbnail = made.getIfPresent(sha256);
    return thumbnail == null ? null : new Decoded<>(thumbnail);
  }

  private Decoding<Thumbnail> remember(String sha256, Decoding<Thumbnail> decoding) {
    switch (decoding) {
      case Decoded(var thumbnail) -> made.put(sha256, thumbnail);
      case Undecodable(var reason) -> {
        log.warn("There is no thumbnail of the image {}: {}", sha256, reason);
        failed.put(sha256, reason);
      }
      case Busy<Thumbnail> _ -> {}
    }
    return decoding;
  }
}
