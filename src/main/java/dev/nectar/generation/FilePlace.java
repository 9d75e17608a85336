package dev.nectar.generation;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Provenance;
import dev.nectar.cache.file.FileCacheStore;
import dev.nectar.http.Deadline;
import dev.nectar.image.StagedImage;
import java.io.IOException;
import java.util.Optional;

/** The files of the cache. */
record FilePlace(FileCacheStore cache) implements ImagePlace {

  @Override
  public GenerationResult put(
      CacheKey key, StagedImage image, Provenance provenance, Flight flight, Deadline deadline)
      throws IOException {
    var kept = flight.unlessForgotten(() -> cache.keep(key, provenance, image)).isPresent();
    return new GenerationResult.Made(image, provenance, kept);
  }

  @Override
  public Optional<Runnable> hold(CacheEntry.Stored entry) {
    return cache.hold(entry);
  }
}
