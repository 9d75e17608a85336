package dev.nectar.backend;

import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.http.Deadline;

/** Whatever paints an image from a prompt. */
@FunctionalInterface
public interface ImageBackend {

  /** Paints nothing. */
  ImageBackend NONE = (request, deadline) -> new Failed("off");

  /** Asks once and answers by the deadline, whatever happens. */
  BackendReply paint(PaintRequest request, Deadline deadline);
}
