package dev.nectar.backend;

/** Knows how each back end is spoken to. */
@FunctionalInterface
public interface Protocols {

  /**
   * The painter behind a configured back end.
   *
   * @param url as the operator wrote it
   */
  ImageBackend painter(String url);
}
