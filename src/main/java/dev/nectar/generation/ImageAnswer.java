package dev.nectar.generation;

import dev.nectar.account.Money;
import dev.nectar.backend.Usage;
import dev.nectar.cache.Provenance;
import java.math.BigDecimal;
import java.util.Optional;
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

  /** Whether it took no more than a look into memory and a file, and would again. */
  public boolean isAtHand() {
    return cacheUse == CacheUse.HIT && result instanceof GenerationResult.Stored;
  }

  /** What was paid for it; empty if that is not known, or there is no image. */
  public Optional<BigDecimal> cost() {
    return switch (result) {
      case GenerationResult.Stored(var entry) -> cost(entry.provenance());
      case GenerationResult.Hosted(var entry) -> cost(entry.provenance());
      case GenerationResult.Made(_, var provenance, _) -> cost(provenance);
      case GenerationResult.NoImage _ -> Optional.empty();
    };
  }

  /** Whoever found it, or shares it, pays nothing. */
  private Optional<BigDecimal> cost(Provenance provenance) {
    return cacheUse == CacheUse.MISS
        ? Optional.ofNullable(provenance.cost()).map(Money::plain)
        : Optional.of(BigDecimal.ZERO);
  }

  @Override
  public void close() {
    leave.run();
  }
}
