package dev.nectar.account;

import org.jspecify.annotations.Nullable;

/**
 * Who pays for pictures.
 *
 * @param key null: the one of the settings, which has no limits
 */
public record Payer(@Nullable ClientKey key) {

  public static final Payer MAIN = new Payer(null);

  /** By which it stands in the ledger. */
  public String id() {
    return key == null ? SpendLine.MAIN : key.id();
  }

  /** Null: no limit. */
  public @Nullable Budget budget() {
    return key == null ? null : key.budget();
  }

  /** Whether it may have pictures by this model, cached or not. */
  public boolean opens(@Nullable String model) {
    return key == null || key.opens(model);
  }
}
