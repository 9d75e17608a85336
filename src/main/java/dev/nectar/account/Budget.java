package dev.nectar.account;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How much may be had in each period. */
public sealed interface Budget {

  Pattern TEXT =
      Pattern.compile(
          "(?<amount>\\d{1,9}(?:\\.\\d{1,12})?)(?<pictures> ?pictures?)?/(?<per>[a-z]+)");

  Period per();

  /** Whether nothing is left. */
  boolean isUsedUp(Used used);

  /** What is left, of money or of pictures. */
  BigDecimal remaining(Used used);

  /** Whether so much more would not exceed it. */
  boolean leavesRoomFor(Used used, Used more);

  /** So much money. */
  record Amount(BigDecimal amount, Period per) implements Budget {

    @Override
    public boolean isUsedUp(Used used) {
      return used.cost().compareTo(amount) >= 0;
    }

    @Override
    public BigDecimal remaining(Used used) {
      return amount.subtract(used.cost()).max(BigDecimal.ZERO);
    }

    @Override
    public boolean leavesRoomFor(Used used, Used more) {
      return used.cost().add(more.cost()).compareTo(amount) <= 0;
    }
  }

  /** So many pictures. */
  record Pictures(long pictures, Period per) implements Budget {

    @Override
    public boolean isUsedUp(Used used) {
      return used.pictures() >= pictures;
    }

    @Override
    public BigDecimal remaining(Used used) {
      return BigDecimal.valueOf(Math.max(0, pictures - used.pictures()));
    }

    @Override
    public boolean leavesRoomFor(Used used, Used more) {
      return used.pictures() + more.pictures() <= pictures;
    }
  }

  /** Whether what is asked for may be held, beside what was had and is held already. */
  default boolean permits(Used used, List<Hold> asked) {
    return !isUsedUp(used) && leavesRoomFor(used, Hold.sum(asked));
  }

  /** Reads {@code 10/day}, {@code 200.50/month} or {@code 500 pictures/day}. */
  static Optional<Budget> parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var amount = new BigDecimal(parts.group("amount"));
    var counted = parts.group("pictures") != null;
    if (counted && amount.scale() > 0) {
      return Optional.empty();
    }
    return Period.parse(parts.group("per"))
        .map(per -> counted ? new Pictures(amount.longValueExact(), per) : new Amount(amount, per));
  }
}
