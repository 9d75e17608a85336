package dev.nectar.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An exact sum, from 0 up: whole units of the currency and 10<sup>-12</sup> of one. */
public record Money(long units, long picos) {

  /** Of one unit. */
  public static final long PICOS = 1_000_000_000_000L;

  /** No picture costs more. */
  public static final BigDecimal HIGHEST_PRICE = new BigDecimal("1000000000");

  private static final int SCALE = 12;

  /** Finer fractions are rounded. */
  public static Money of(BigDecimal amount) {
    var parts = rounded(amount).setScale(SCALE).divideAndRemainder(BigDecimal.ONE);
    return new Money(parts[0].longValueExact(), parts[1].movePointRight(SCALE).longValueExact());
  }

  /** As a ledger can keep it: what is told, held and summed up is then the same everywhere. */
  static BigDecimal rounded(BigDecimal amount) {
    return amount.scale() <= SCALE ? amount : amount.setScale(SCALE, RoundingMode.HALF_UP);
  }

  /** Whether a picture can have this price. */
  public static boolean isPrice(BigDecimal amount) {
    return amount.signum() >= 0 && amount.compareTo(HIGHEST_PRICE) <= 0;
  }

  public BigDecimal amount() {
    return plain(BigDecimal.valueOf(units).add(BigDecimal.valueOf(picos, SCALE)));
  }

  /** Without zeros at the end of the fraction, and never with an exponent. */
  public static BigDecimal plain(BigDecimal amount) {
    var stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
