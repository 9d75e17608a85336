package dev.nectar.generation;

/**
 * Generations as operators see them.
 *
 * @param running now
 * @param waiting for a place
 * @param hits requests answered from the cache, since the start
 * @param misses requests that began a generation
 * @param coalesced requests that joined one
 * @param failures those of these three kinds that got no image
 */
public record GenerationStatus(
    int running, int waiting, long hits, long misses, long coalesced, Failures failures) {

  /** Requests without an image, by what they would have been with one. */
  public record Failures(long hits, long misses, long coalesced) {

    public Failures minus(Failures earlier) {
      return new Failures(
          hits - earlier.hits, misses - earlier.misses, coalesced - earlier.coalesced);
    }
  }

  /**
   * The most at once, since this was last asked.
   *
   * @param running generations
   * @param waiting for a place
   */
  public record Peaks(int running, int waiting) {

    public Peaks or(Peaks other) {
      return new Peaks(Math.max(running, other.running), Math.max(waiting, other.waiting));
    }
  }
}
