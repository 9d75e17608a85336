package dev.nectar.generation;

/** What a generation is at. */
public sealed interface Progress {

  /** It waits for a place, or for another node that makes the same image. */
  record Queued() implements Progress {}

  record Optimizing() implements Progress {}

  /**
   * A back end is asked.
   *
   * @param attempt since the prompt was last changed, from 1
   * @param of at most so many
   */
  record Generating(int attempt, int of) implements Progress {}

  /** A back end refused the content. */
  record Refused() implements Progress {}

  record Rewriting() implements Progress {}

  record FallingBack() implements Progress {}

  record Storing() implements Progress {}
}
