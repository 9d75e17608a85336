package dev.nectar.cache;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is remembered of a request. */
public sealed interface CacheEntry {

  Provenance provenance();

  /**
   * An image in a file.
   *
   * @param size in bytes
   * @param sha256 in lower-case hex
   * @param pixels as its bytes tell; null if they don't
   */
  record Stored(
      Provenance provenance,
      ImageFormat format,
      long size,
      String sha256,
      @Nullable ImageSize pixels,
      Path file)
      implements CacheEntry {}

  /** What is remembered without an image of our own. */
  sealed interface Note extends CacheEntry {}

  /**
   * An image on a host.
   *
   * @param size in bytes
   * @param sha256 in lower-case hex
   * @param pixels null if nobody noted them
   */
  record Hosted(
      Provenance provenance,
      ImageFormat format,
      long size,
      String sha256,
      @Nullable ImageSize pixels,
      URI url)
      implements Note {}

  /** Every back end that was asked refused the prompt. */
  record Blocked(Provenance provenance) implements Note {}

  /**
   * The fallback failed too.
   *
   * @param blockedAt when the prompt was found to be blocked, which is remembered for longer; null
   *     if it was not
   * @param contentRefused whether the fallback refused the content as every back end had
   */
  record FallbackFailed(Provenance provenance, @Nullable Instant blockedAt, boolean contentRefused)
      implements Note {

    /** A failure that says nothing of the content. */
    public FallbackFailed(Provenance provenance, @Nullable Instant blockedAt) {
      this(provenance, blockedAt, false);
    }
  }
}
