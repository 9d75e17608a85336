package dev.nectar.cache;

import dev.nectar.image.staging.StagedImage;
import java.io.IOException;

/** A store that also keeps the images themselves. */
public interface ImageStore extends CacheStore {

  /**
   * Keeps an image in the place of whatever the key had. It can still be read until it is closed.
   *
   * @throws IOException if the store can't be written; the image can be read all the same
   */
  CacheEntry.Stored keep(CacheKey key, Provenance provenance, StagedImage image) throws IOException;

  /** Starts to learn what there is; the thread ends when that is done. */
  Thread start();
}
