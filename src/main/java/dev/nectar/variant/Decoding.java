package dev.nectar.variant;

/** What came of an image that was to be decoded. */
public sealed interface Decoding<T> {

  /** What was made of it. */
  record Decoded<T>(T result) implements Decoding<T> {}

  /**
   * It can't be decoded, now or later.
   *
   * @param reason fit for a log
   */
  record Undecodable<T>(String reason) implements Decoding<T> {}

  /** There was no room in time; later there may be. */
  record Busy<T>() implements Decoding<T> {}
}
