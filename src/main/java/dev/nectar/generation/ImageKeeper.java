package dev.nectar.generation;

import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.Provenance;
import dev.nectar.hosting.ImageHost;
import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.http.Deadline;
import dev.nectar.image.ImageSource;
import dev.nectar.image.StagedImage;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hosts and stores what a generation made. An image that can't be kept is still an answer. */
final class ImageKeeper {

  private static final Logger log = LoggerFactory.getLogger(ImageKeeper.class);

  private final ImageHost host;
  private final CacheStore cache;

  ImageKeeper(ImageHost host, CacheStore cache) {
    this.host = host;
    this.cache = cache;
  }

  /** Takes the image over. */
  GenerationResult keep(
      Painted painted,
      ImageSource source,
      GenerationStory story,
      Flight flight,
      Deadline deadline) {
    var image = painted.image();
    var provenance = story.provenance(source, painted.model());
    return switch (host.host(story.key().toString(), image, deadline)) {
      case Hosting.Local _ -> store(image, provenance, story, flight);
      case Hosting.Published(var url) -> {
        discard(image);
        var entry = new CacheEntry.Hosted(provenance, url);
        remember(entry, story, flight);
        yield new GenerationResult.Hosted(entry);
      }
      case Hosting.Failed(var reason) -> {
        log.warn("The image {} could not be uploaded: {}", story.key().abbreviated(), reason);
        yield new GenerationResult.Unkept(image, provenance);
      }
    };
  }

  private GenerationResult store(
      StagedImage image, Provenance provenance, GenerationStory story, Flight flight) {
    try {
      return flight
          .unlessForgotten(() -> cache.keep(story.key(), provenance, image))
          .<GenerationResult>map(GenerationResult.Stored::new)
          .orElseGet(() -> new GenerationResult.Unkept(image, provenance));
    } catch (IOException e) {
      warn(story, e);
      return new GenerationResult.Unkept(image, provenance);
    }
  }

  /** Keeps a note, if the cache takes it. */
  void remember(CacheEntry.Note note, GenerationStory story, Flight flight) {
    try {
      flight.unlessForgotten(() -> {
        cache.keep(story.key(), note);
        return note;
      });
    } catch (IOException e) {
      warn(story, e);
    }
  }

  private static void warn(GenerationStory story, IOException fault) {
    log.warn("{} could not be cached: {}", story.key().abbreviated(), fault.toString());
  }

  private static void discard(StagedImage image) {
    try {
      image.close();
    } catch (IOException e) {
      log.warn("A temporary image could not be removed: {}", e.toString());
    }
  }
}
