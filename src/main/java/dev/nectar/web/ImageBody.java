package dev.nectar.web;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.Provenance;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.image.StagedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image about to be sent.
 *
 * @param size in bytes
 * @param pixels null if it does not tell them
 * @param file that Tomcat may send by itself, after the request was handled; null if none is held
 *     until then
 */
record ImageBody(
    ImageFormat format,
    long size,
    String sha256,
    @Nullable ImageSize pixels,
    Provenance provenance,
    @Nullable Path file,
    Source source) {

  /** Opens the bytes, from the first on. */
  interface Source {
    InputStream open() throws IOException;
  }

  static ImageBody of(CacheEntry.Stored entry) {
    return new ImageBody(
        entry.format(),
        entry.size(),
        entry.sha256(),
        entry.pixels(),
        entry.provenance(),
        entry.file(),
        () -> Files.newInputStream(entry.file()));
  }

  static ImageBody of(StagedImage image, Provenance provenance) {
    return new ImageBody(
        image.format(),
        image.size(),
        image.sha256(),
        image.pixels(),
        provenance,
        null,
        image::open);
  }
}
