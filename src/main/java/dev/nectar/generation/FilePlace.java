package dev.nectar.generation;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.FileCacheStore;
import dev.nectar.cache.Provenance;
import dev.nectar.http.Deadline;
import dev.nectar.image.StagedImage;
import java.io.IOException;

/** The files of the cache. */
record FilePlace(FileCacheStore cache) implements ImagePlace {

  @Override
  public GenerationResult put(
      CacheKey key, StagedImage image, Provenance provenance, Flight flight, Deadline deadline)
      throws IOException {
    return flight
        .unlessForgotten(() -> cache.keep(key, provenance, image))
        .<GenerationResult>map(GenerationResult.Stored::new)
        .orElseGet(() -> new GenerationResult.Unkept(image, provenance));
  }
}
