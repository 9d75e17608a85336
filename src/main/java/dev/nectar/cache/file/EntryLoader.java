package dev.nectar.cache.file;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.EntryJson;
import dev.nectar.cache.Expiry;
import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads entries that are worth something, and removes the others. Callers hold the key's lock. */
record EntryLoader(
    EntryFiles files,
    EntryReader reader,
    OrphanImages orphans,
    Expiry expiry,
    WarningLimit warnings) {

  private static final Logger log = LoggerFactory.getLogger(EntryLoader.class);

  /** Empty if there is none that is sound and not expired. */
  Optional<EntryReader.Sound> load(CacheKey key) {
    try {
      return switch (reader.read(key)) {
        case EntryReader.Absent _ -> Optional.empty();
        case EntryReader.Damaged(var reason, var image) -> {
          files.remove(key, image);
          if (image == null) {
            orphans.add(key);
          }
          log.warn("Removed the damaged cache entry {}: {}", key, reason);
          yield Optional.empty();
        }
        case EntryReader.Sound sound -> {
          var dated = expiry.dated(sound.entry());
          if (dated instanceof CacheEntry.Note && !dated.equals(sound.entry())) {
            files.replace(key, EntryJson.write(dated), null, null, null);
            yield load(key);
          }
          var valid = expiry.unexpired(dated);
          if (valid.isEmpty()) {
            files.remove(key, null);
          }
          yield valid.map(sound::with);
        }
      };
    } catch (IOException e) {
      if (warnings.permits(e)) {
        log.warn("The cache entry {} can't be read or removed: {}", key, e.toString());
      }
      return Optional.empty();
    }
  }
}
