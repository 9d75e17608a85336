package dev.nectar.prompt;

/** What an LLM made of a message. */
sealed interface ChatAnswer {

  /**
   * It said something.
   *
   * @param text without what it thought aloud
   * @param whole false if the limit of its tokens cut it off
   */
  record Said(String text, boolean whole) implements ChatAnswer {}

  /** It, or a filter around it, will not. */
  record Refused() implements ChatAnswer {}

  /**
   * There is no answer.
   *
   * @param fault in a few words, none of them a peer's own but its error code
   */
  record Failed(String fault) implements ChatAnswer {}
}
