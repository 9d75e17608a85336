package dev.nectar.generation;

/**
 * The answer to a request for an image; closing it lets go of what it holds.
 *
 * @param leave called when the result is no longer read
 */
public record ImageAnswer(GenerationResult result, CacheUse cacheUse, Runnable leave)
    implements AutoCloseable {

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
