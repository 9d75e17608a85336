package dev.nectar.generation;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.ImageStore;
import dev.nectar.cache.Provenance;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageSource;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.observe.StageTimes;
import java.io.IOException;

/** Keeps what a generation made or learned. An image that can't be kept is still an answer. */
record ImageKeeper(Place place, CacheStore cache, Notes notes) {

  /** Where images that are kept live. */
  interface Place {

    /** Beside the entries. */
    static Place in(ImageStore store, StageTimes times) {
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

  /** Takes the image over. */
  GenerationResult keep(
      Painted painted,
      ImageSource source,
      GenerationStory story,
      Flight flight,
      Deadline deadline) {
    story.begins(new Progress.Storing());
    var image = painted.image();
    var provenance = story.provenance(source, painted.model());
    if (flight.isForgotten()) {
      return new GenerationResult.Made(image, provenance, false);
    }
    try {
      return place.put(story.key(), image, provenance, flight, deadline);
    } catch (IOException e) {
      notes.warn(story.key(), e);
      return new GenerationResult.Made(image, provenance, false);
    }
  }

  /** Keeps a note of a failure, if the cache takes it and has no image. */
  void remember(CacheEntry.Note note, GenerationStory story, Flight flight) {
    var hasImage =
        cache
            .find(story.key())
            .flatMap(GenerationResult::known)
            .filter(known -> !(known instanceof GenerationResult.NoImage))
            .isPresent();
    if (!hasImage) {
      notes.keep(story.key(), note, flight);
    }
  }
}
