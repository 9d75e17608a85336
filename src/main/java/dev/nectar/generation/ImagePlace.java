package dev.nectar.generation;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.ImageStore;
import dev.nectar.cache.Provenance;
import dev.nectar.http.Deadline;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.observe.StageTimes;
import java.io.IOException;

/** Where images that are kept live. */
interface ImagePlace {

  /** Beside the entries. */
  static ImagePlace in(ImageStore store, StageTimes times) {
    return (key, image, provenance, flight, deadline) -> {
      var kept =
          times.of(
              StageTimes.Stage.STORE,
              () -> flight.unlessForgotten(() -> store.keep(key, provenance, image)));
      return new GenerationResult.Made(image, provenance, kept.isPresent());
    };
  }

  /**
   * Puts an image there, unless the flight was forgotten.
   *
   * @return a result that holds the image, if it still needs it
   * @throws IOException if it can't be put there; the image can be read all the same
   */
  GenerationResult put(
      CacheKey key, StagedImage image, Provenance provenance, Flight flight, Deadline deadline)
      throws IOException;
}
