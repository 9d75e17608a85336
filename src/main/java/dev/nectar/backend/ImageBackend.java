package dev.nectar.backend;

import dev.nectar.http.Deadline;

/** Whatever paints an image from a prompt. */
@FunctionalInterface
public interface ImageBackend {

  /** Asks once and answers by the deadline, whatever happens. */
  BackendReply paint(PaintRequest request, Deadline deadline);

  /** Whether it can be told what of a picture may change; else all of it may. */
  default boolean takesMasks() {
    return true;
  }

  /** Knows how each back end is spoken to. */
  @FunctionalInterface
  interface Provider {

    /**
     * The painter behind a configured back end.
     *
     * @param url as the operator wrote it
     * @param negotiation what it learns
     */
    ImageBackend painter(String url, Negotiation negotiation);
  }
}
