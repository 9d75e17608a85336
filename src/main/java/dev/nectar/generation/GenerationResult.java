package dev.nectar.generation;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.image.StagedImage;
import java.io.IOException;

/** What a request for an image came to. */
public sealed interface GenerationResult {

  /** An image in the cache's files. */
  record Stored(CacheEntry.Stored entry) implements GenerationResult {}

  /** An image on a host. */
  record Hosted(CacheEntry.Hosted entry) implements GenerationResult {}

  /** An image that could not be kept and lives until everyone who waited for it has it. */
  record Unkept(StagedImage image, Provenance provenance) implements GenerationResult {}

  /**
   * Every stage failed.
   *
   * @param stages which ones, fit for the client
   * @param contentRefused whether every one of them refused the content, so that asking again is
   *     vain
   */
  record Failed(String stages, boolean contentRefused) implements GenerationResult {

    static final Failed FALLBACK_JUST_NOW = new Failed("fallback, a short while ago", false);
  }

  /** The time for one generation ran out. */
  record TimedOut() implements GenerationResult {}

  /** Too many generations at once. */
  record Overloaded() implements GenerationResult {}

  /** The server is shutting down and begins nothing new. */
  record ShuttingDown() implements GenerationResult {}

  /** Lets go of what only this result holds. */
  default void discard() throws IOException {
    if (this instanceof Unkept(var image, _)) {
      image.close();
    }
  }
}
