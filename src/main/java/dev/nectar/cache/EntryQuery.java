package dev.nectar.cache;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a listing of images is to show.
 *
 * @param after null: from the newest on
 * @param text that a prompt holds, in whatever case; empty: any
 * @param limit of entries in a page
 */
public record EntryQuery(@Nullable Position after, String text, int limit) {

  /** A search looks at so many entries a page, so that none takes long. */
  static final int LOOKED_AT = 2_000;

  public EntryQuery {
    text = text.toLowerCase(Locale.ROOT);
  }

  /** How many entries a store has to read for a page. */
  public int reach() {
    return text.isEmpty() ? limit : LOOKED_AT;
  }

  boolean matches(CacheEntry entry) {
    var story = entry.provenance();
    var request = story.request();
    return text.isEmpty()
        || Stream.of(
                request == null ? null : request.prompt(), story.prompt(), story.optimizedPrompt())
            .anyMatch(prompt -> prompt != null && prompt.toLowerCase(Locale.ROOT).contains(text));
  }
}
