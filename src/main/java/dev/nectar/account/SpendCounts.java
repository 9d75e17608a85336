package dev.nectar.account;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What was counted on a line.
 *
 * @param used pictures that were made
 * @param spared pictures that hits and shared flights did without, and what those would have cost
 * @param refused requests whose content was refused
 * @param failed requests that failed
 * @param refusals attempts that ended so
 * @param failures attempts that ended so
 */
public record SpendCounts(
    Used used, Used spared, long refused, long failed, long refusals, long failures) {

  public static final SpendCounts NONE = new SpendCounts(Used.NOTHING, Used.NOTHING, 0, 0, 0, 0);

  public static final SpendCounts REFUSED = new SpendCounts(Used.NOTHING, Used.NOTHING, 1, 0, 0, 0);

  public static final SpendCounts FAILED = new SpendCounts(Used.NOTHING, Used.NOTHING, 0, 1, 0, 0);

  public static final SpendCounts REFUSAL = new SpendCounts(Used.NOTHING, Used.NOTHING, 0, 0, 1, 0);

  public static final SpendCounts FAILURE = new SpendCounts(Used.NOTHING, Used.NOTHING, 0, 0, 0, 1);

  /**
   * A picture that was made.
   *
   * @param cost null: not known
   */
  public static SpendCounts painted(@Nullable BigDecimal cost) {
    return new SpendCounts(one(cost), Used.NOTHING, 0, 0, 0, 0);
  }

  /**
   * A picture that needed not be made.
   *
   * @param cost null: not known
   */
  public static SpendCounts spared(@Nullable BigDecimal cost) {
    return new SpendCounts(Used.NOTHING, one(cost), 0, 0, 0, 0);
  }

  private static Used one(@Nullable BigDecimal cost) {
    return cost == null ? new Used(1, 1, BigDecimal.ZERO) : new Used(1, 0, cost);
  }

  public SpendCounts plus(SpendCounts other) {
    return new SpendCounts(
        used.plus(other.used),
        spared.plus(other.spared),
        refused + other.refused,
        failed + other.failed,
        refusals + other.refusals,
        failures + other.failures);
  }

  /** What was paid; null if no price is known. */
  public @Nullable BigDecimal cost() {
    return sum(used);
  }

  /** What was saved; null if no price is known. */
  public @Nullable BigDecimal saved() {
    return sum(spared);
  }

  /** Null if no price is known. */
  public static @Nullable BigDecimal sum(Used pictures) {
    return pictures.unpriced() > 0 && pictures.unpriced() == pictures.pictures()
        ? null
        : Money.plain(pictures.cost());
  }
}
