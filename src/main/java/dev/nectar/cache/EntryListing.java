package dev.nectar.cache;

import dev.nectar.cache.EntryPage.Listed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a page of whatever a store has, in order. */
public final class EntryListing {

  private EntryListing() {}

  /** A row of a store. */
  public interface Row {
    Position position();

    /** Empty if it is no image, or is gone. */
    Optional<CacheEntry> load();
  }

  /**
   * A page of rows.
   *
   * @param rows after the query's own position, newest first; one more than its reach is enough
   */
  public static EntryPage page(EntryQuery query, Iterator<? extends Row> rows) {
    var found = new ArrayList<Listed>();
    @Nullable Position last = null;
    for (var looked = 0;
        looked < query.reach() && found.size() < query.limit() && rows.hasNext();
        looked++) {
      var row = rows.next();
      last = row.position();
      row.load()
          .filter(query::matches)
          .ifPresent(entry -> found.add(new Listed(row.position().key(), entry)));
    }
    return new EntryPage(found, rows.hasNext() ? last : null);
  }
}
