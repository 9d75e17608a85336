package dev.nectar.generation;

/** What became of the wish to forget an image. */
public enum Forgetting {
  FORGOTTEN,
  NOTHING_TO_FORGET,

  /** The store did not take it: the image may be served still. */
  FAILED
}
