package dev.nectar.backend;

import dev.nectar.http.Deadline;

/** Whatever paints an image from a prompt. */
@FunctionalInterface
public interface ImageBackend {

  /** Asks once and answers by the deadline, whatever happens. */
  BackendReply paint(PaintRequest request, Deadline deadline);
}
