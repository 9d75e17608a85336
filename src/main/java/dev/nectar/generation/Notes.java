package dev.nectar.generation;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is remembered without an image. A store that is down costs the next request alone. */
record Notes(CacheStore cache, WarningLimit warnings) {

  private static final Logger log = LoggerFactory.getLogger(Notes.class);

  /** Unless the flight was forgotten. */
  void keep(CacheKey key, CacheEntry.Note note, Flight flight) {
    try {
      flight.unlessForgotten(() -> {
        cache.keep(key, note);
        return note;
      });
    } catch (IOException e) {
      warn(key, e);
    }
  }

  void warn(CacheKey key, IOException fault) {
    if (warnings.permits(fault)) {
      log.warn("{} could not be kept: {}", key.abbreviated(), fault.toString());
    }
  }
}
