package dev.nectar.generation;

import dev.nectar.backend.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for an image; closing it lets go of what it holds.
 *
 * @param usage what the back end says that it took; null if it says nothing, and of a hit, which
 *     took nothing
 * @param leave called when the result is no longer read
 */
public record ImageAnswer(
    GenerationResult result, CacheUse cacheUse, @Nullable Usage usage, Runnable leave)
    implements AutoCloseable {

  /** One of which no usage is known. */
  public ImageAnswer(GenerationResult result, CacheUse cacheUse, Runnable leave) {
    this(result, cacheUse, null, leave);
  }

  /** How the cache spared work, if it did. */
  public enum CacheUse {
    HIT,
    MISS,
    COALESCED
  }

  @Override
  public void close() {
    leave.run();
  }
}
