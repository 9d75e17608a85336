package dev.nectar.hosting;

import dev.nectar.http.Deadline;
import dev.nectar.image.staging.StagedImage;
import java.net.URI;

/** Publishes images elsewhere. */
@FunctionalInterface
public interface ImageHost {

  /**
   * Uploads an image; never fails otherwise than by its answer.
   *
   * @param name without extension
   */
  Hosting host(String name, StagedImage image, Deadline deadline);

  /** What became of an image. */
  sealed interface Hosting {

    record Published(URI url) implements Hosting {}

    /** The upload failed; the reason is for operators. */
    record Failed(String reason) implements Hosting {}
  }
}
