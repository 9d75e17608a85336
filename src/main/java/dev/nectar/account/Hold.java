package dev.nectar.account;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * What is held back of a key's budget for a picture that is being made.
 *
 * @param id of this one alone
 * @param node the server that makes it; once it is gone, nothing is held any more
 * @param key the key's id
 * @param amount the most that it can cost; 0 if no price is known
 */
public record Hold(String id, String node, String key, BigDecimal amount) {

  /** As if all were made already. */
  public static Used sum(Collection<Hold> holds) {
    return new Used(
        holds.size(), 0, holds.stream().map(Hold::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
