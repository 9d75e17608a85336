package dev.nectar.generation;

/**
 * The answer to a request for an image; closing it lets go of what it holds.
 *
 * @param hold called when the file of a stored image is open, or not to be opened; again does no
 *     harm
 * @param leave called when the result is no longer read
 */
public record ImageAnswer(GenerationResult result, CacheUse cacheUse, Runnable hold, Runnable leave)
    implements AutoCloseable {

  /** How the cache spared work, if it did. */
  public enum CacheUse {
    HIT,
    MISS,
    COALESCED
  }

  /** An answer that holds no file. */
  public ImageAnswer(GenerationResult result, CacheUse cacheUse, Runnable leave) {
    this(result, cacheUse, () -> {}, leave);
  }

  ImageAnswer holding(Runnable file) {
    return new ImageAnswer(result, cacheUse, file, leave);
  }

  /** Who changes the file of a stored image waits for this, for a moment. */
  public void opened() {
    hold.run();
  }

  @Override
  public void close() {
    hold.run();
    leave.run();
  }
}
