package dev.nectar.generation;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.ImageStore;
import dev.nectar.cache.Provenance;
import dev.nectar.http.Deadline;
import dev.nectar.image.StagedImage;
import java.io.IOException;

/** The files of the cache. */
record FilePlace(ImageStore store) implements ImagePlace {

  @Override
  public GenerationResult put(
      CacheKey key, StagedImage image, Provenance provenance, Flight flight, Deadline deadline)
      throws IOException {
    var kept = flight.unlessForgotten(() -> store.keep(key, provenance, image)).isPresent();
    return new GenerationResult.Made(image, provenance, kept);
  }
}
