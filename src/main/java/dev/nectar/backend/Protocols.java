package dev.nectar.backend;

/** Knows how each back end is spoken to. */
public interface Protocols {

  /**
   * What the protocol of a configured back end is called.
   *
   * @param url as the operator wrote it
   */
  String name(String url);

  /**
   * The painter behind a configured back end.
   *
   * @param url as the operator wrote it
   * @param negotiation what it learns
   */
  ImageBackend painter(String url, Negotiation negotiation);
}
