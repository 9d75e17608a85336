package dev.nectar.generation;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.Provenance;
import dev.nectar.hosting.ImageHost;
import dev.nectar.hosting.ImageHost.Hosting;
import dev.nectar.http.Deadline;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.observe.StageTimes;
import dev.nectar.observe.StageTimes.Stage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A host; the cache remembers the URL. */
record HostPlace(ImageHost host, Notes notes, StageTimes times, RandomGenerator random)
    implements ImageKeeper.Place {

  /** The client waits with the image already made. */
  private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(60);

  /** Each upload has a name of its own, so that a late one replaces nothing. */
  @Override
  public GenerationResult put(
      CacheKey key, StagedImage image, Provenance provenance, Flight flight, Deadline deadline)
      throws IOException {
    var name = key + "-" + HexFormat.of().toHexDigits(random.nextInt());
    var url = times.of(Stage.UPLOAD, () -> upload(name, image, deadline));
    var entry = new CacheEntry.Hosted(provenance, image.facts(), url);
    times.of(
        Stage.STORE,
        () -> {
          notes.keep(key, entry, flight);
          return entry;
        });
    if (flight.isForgotten()) {
      return new GenerationResult.Made(image, provenance, false);
    }
    image.close();
    return new GenerationResult.Hosted(entry);
  }

  private URI upload(String name, StagedImage image, Deadline deadline) throws IOException {
    return switch (host.host(name, image, deadline.atMost(UPLOAD_TIMEOUT))) {
      case Hosting.Published(var url) -> url;
      case Hosting.Failed(var reason) -> throw new IOException("upload failed: " + reason);
    };
  }
}
