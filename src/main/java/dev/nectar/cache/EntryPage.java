package dev.nectar.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing, newest first.
 *
 * @param next where the listing goes on; null at its end
 */
public record EntryPage(List<Listed> entries, @Nullable Position next) {

  /**
   * One of its entries.
   *
   * @param entry not checked against what it describes
   */
  public record Listed(CacheKey key, CacheEntry entry) {}
}
