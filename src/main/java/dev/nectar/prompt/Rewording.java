package dev.nectar.prompt;

/** What became of a prompt for which other words were asked. */
public sealed interface Rewording {

  /** Other words, which another model may like better. */
  record Reworded(String prompt) implements Rewording {}

  /** There are none: that was refused, or the same text came back. */
  record NoOtherWords() implements Rewording {}

  /** Nobody knows; to ask again later may help. */
  record Failed() implements Rewording {}
}
