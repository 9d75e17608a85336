package dev.nectar.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is entered in the ledger at once.
 *
 * @param id what has been entered is not entered again
 * @param counts to be added
 * @param lastUsed of keys
 * @param settled holds that end with it
 */
public record Booking(
    String id,
    Map<SpendLine, SpendCounts> counts,
    Map<String, Instant> lastUsed,
    List<Hold> settled) {

  /** Use on a day, as it is summed up. */
  public record Sum(Spender spender, LocalDate day) {}

  /** What it adds to the sums of keys and back ends. */
  public Map<Sum, Used> sums() {
    var sums = new HashMap<Sum, Used>();
    counts.forEach((line, counted) -> {
      if (counted.used().pictures() > 0) {
        line.spenders()
            .forEach(
                spender -> sums.merge(new Sum(spender, line.day()), counted.used(), Used::plus));
      }
    });
    return sums;
  }

  /** What it adds to a spender's sum in the period that has this day. */
  Used sum(Spender spender, Period period, LocalDate day) {
    return sums().entrySet().stream()
        .filter(sum ->
            sum.getKey().spender().equals(spender)
                && period.id(sum.getKey().day()).equals(period.id(day)))
        .map(Map.Entry::getValue)
        .reduce(Used.NOTHING, Used::plus);
  }

  /** The latest day that it has something of. */
  public LocalDate day(LocalDate unlessTold) {
    return counts.keySet().stream()
        .map(SpendLine::day)
        .max(LocalDate::compareTo)
        .orElse(unlessTold);
  }
}
