package dev.nectar.account;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Who painted a picture, or was to, and for how much.
 *
 * @param backend as it is shown, or {@code fallback}
 * @param model that was sent; null if none was
 * @param source {@code backend} or {@code fallback}
 * @param cost rounded to what a ledger keeps; null: not known
 */
public record Painting(
    String backend, @Nullable String model, String source, @Nullable BigDecimal cost) {

  public Painting {
    cost = cost == null ? null : Money.rounded(cost);
  }

  /** To stand behind a sentence; empty if it is not known. */
  public String price() {
    return cost == null ? "" : " for " + Money.plain(cost).toPlainString();
  }
}
