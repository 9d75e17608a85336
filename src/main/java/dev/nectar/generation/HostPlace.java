package dev.nectar.generation;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.Provenance;
import dev.nectar.cache.WarningLimit;
import dev.nectar.hosting.ImageHost;
import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.http.Deadline;
import dev.nectar.image.StagedImage;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host; the cache remembers the URL. */
record HostPlace(ImageHost host, CacheStore cache, WarningLimit warnings) implements ImagePlace {

  private static final Logger log = LoggerFactory.getLogger(HostPlace.class);

  /** The client waits with the image already made. */
  private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(60);

  @Override
  public GenerationResult put(
      CacheKey key, StagedImage image, Provenance provenance, Flight flight, Deadline deadline)
      throws IOException {
    return switch (host.host(key.toString(), image, deadline.atMost(UPLOAD_TIMEOUT))) {
      case Hosting.Published(var url) -> {
        var entry =
            new CacheEntry.Hosted(
                provenance, image.format(), image.size(), image.sha256(), image.pixels(), url);
        remember(key, entry, flight);
        image.close();
        yield new GenerationResult.Hosted(entry);
      }
      case Hosting.Failed(var reason) -> throw new IOException("upload failed: " + reason);
    };
  }

  /** The image is out in the world: a store that is down costs the next request, not this one. */
  private void remember(CacheKey key, CacheEntry.Hosted entry, Flight flight) {
    try {
      flight.unlessForgotten(() -> {
        cache.keep(key, entry);
        return entry;
      });
    } catch (IOException e) {
      if (warnings.permits(e)) {
        log.warn("{} was hosted, but could not be cached: {}", key.abbreviated(), e.toString());
      }
    }
  }
}
