package dev.nectar.cache;

import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is remembered of a request. */
public sealed interface CacheEntry {

  Provenance provenance();

  /** An image. */
  sealed interface Image extends CacheEntry {

    ImageFacts facts();

    default ImageFormat format() {
      return facts().format();
    }

    /** In bytes. */
    default long size() {
      return facts().size();
    }

    default String sha256() {
      return facts().sha256();
    }

    default @Nullable ImageSize pixels() {
      return facts().pixels();
    }
  }

  /** An image in a file. */
  record Stored(Provenance provenance, ImageFacts facts, Path file) implements Image {}

  /** What is remembered without an image of our own. */
  sealed interface Note extends CacheEntry {}

  /** An image on a host. */
  record Hosted(Provenance provenance, ImageFacts facts, URI url) implements Image, Note {}

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
