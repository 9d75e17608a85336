package dev.nectar.web.prompt;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.staging.StagedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image about to be sent.
 *
 * @param file that Tomcat may send by itself, after the request was handled; null if none is held
 *     until then
 */
record ImageBody(ImageFacts facts, Provenance provenance, @Nullable Path file, Source source) {

  /** Opens the bytes, from the first on. */
  interface Source {
    InputStream open() throws IOException;
  }

  static ImageBody of(CacheEntry.Stored entry) {
    return new ImageBody(
        entry.facts(), entry.provenance(), entry.file(), () -> Files.newInputStream(entry.file()));
  }

  static ImageBody of(StagedImage image, Provenance provenance) {
    return new ImageBody(image.facts(), provenance, null, image::open);
  }
}
