package dev.nectar.backend;

/** Is told how a round goes. */
public interface RoundWatcher {

  /**
   * A back end is about to be asked.
   *
   * @param attempt in this round, from 1
   * @param of how many back ends there are to ask
   */
  void asking(int attempt, int of);

  void answered(Attempt attempt);
}
