package dev.nectar.generation;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheStore;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageSource;
import java.io.IOException;

/** Keeps what a generation made or learned. An image that can't be kept is still an answer. */
record ImageKeeper(ImagePlace place, CacheStore cache, Notes notes) {

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
