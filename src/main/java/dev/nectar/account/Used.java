package dev.nectar.account;

import java.math.BigDecimal;

/**
 * What was had in a period.
 *
 * @param unpriced pictures whose price is not known
 * @param cost of all others
 */
public record Used(long pictures, long unpriced, BigDecimal cost) {

  public static final Used NOTHING = new Used(0, 0, BigDecimal.ZERO);

  public Used plus(Used other) {
    return new Used(pictures + other.pictures, unpriced + other.unpriced, cost.add(other.cost));
  }
}
