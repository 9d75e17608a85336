package dev.nectar.generation;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.WarningLimit;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageSource;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a generation made or learned. An image that can't be kept is still an answer. */
final class ImageKeeper {

  private static final Logger log = LoggerFactory.getLogger(ImageKeeper.class);

  private final ImagePlace place;
  private final CacheStore cache;
  private final WarningLimit warnings;

  ImageKeeper(ImagePlace place, CacheStore cache, WarningLimit warnings) {
    this.place = place;
    this.cache = cache;
    this.warnings = warnings;
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
    try {
      return place.put(story.key(), image, provenance, flight, deadline);
    } catch (IOException e) {
      warn(story, e);
      return new GenerationResult.Made(image, provenance, false);
    }
  }

  /** Keeps a note of a failure, if the cache takes it and has no image. */
  void remember(CacheEntry.Note note, GenerationStory story, Flight flight) {
    if (cache.find(story.key()).filter(ImageKeeper::isImage).isPresent()) {
      return;
    }
    try {
      flight.unlessForgotten(() -> {
        cache.keep(story.key(), note);
        return note;
      });
    } catch (IOException e) {
      warn(story, e);
    }
  }

  private static boolean isImage(CacheEntry entry) {
    return switch (entry) {
      case CacheEntry.Stored _, CacheEntry.Hosted _ -> true;
      case CacheEntry.Blocked _, CacheEntry.FallbackFailed _ -> false;
    };
  }

  private void warn(GenerationStory story, IOException fault) {
    if (warnings.permits(fault)) {
      log.warn("{} could not be kept: {}", story.key().abbreviated(), fault.toString());
    }
  }
}
