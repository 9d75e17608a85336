package dev.nectar.account;

import org.jspecify.annotations.Nullable;

/**
 * Who pays for pictures.
 *
 * @param key a key's id, or {@code main}
 * @param budget null: without limits
 */
public record Payer(String key, @Nullable Budget budget) {

  public static final Payer MAIN = new Payer(SpendLine.MAIN, null);

  public static Payer of(ClientKey key) {
    return new Payer(key.id(), key.budget());
  }
}
