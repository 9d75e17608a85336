package dev.nectar.account.redis;

import dev.nectar.account.Booking;
import dev.nectar.account.Ledger;
import dev.nectar.account.Money;
import dev.nectar.account.Period;
import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import dev.nectar.account.Used;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A booking as what the script is to do. */
final class LedgerSteps {

  /** So long is it known that a booking was entered. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final List<String> keys = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();

  LedgerSteps(Booking booking) {
    keys.add(LedgerKeys.booking(booking.id()));
    arguments.add(Long.toString(REMEMBERED.toSeconds()));
    booking.counts().forEach(this::add);
    booking.sums().forEach(this::add);
    booking
        .lastUsed()
        .forEach((key, time) ->
            step("latest", LedgerKeys.LAST_USED, key, Long.toString(time.toEpochMilli()), ""));
    booking.settled().forEach(hold -> step("drop", LedgerKeys.held(hold.key()), hold.id(), "", ""));
  }

  List<String> keys() {
    return keys;
  }

  List<String> arguments() {
    return arguments;
  }

  private void add(SpendLine line, SpendCounts counts) {
    var day = LedgerKeys.spend(line.day());
    var field = LedgerKeys.field(line);
    count(day, field + "pictures", counts.used().pictures());
    count(day, field + "unpriced", counts.used().unpriced());
    sum(day, field + "cost", counts.used().cost());
    count(day, field + "spared", counts.spared().pictures());
    count(day, field + "sparedUnpriced", counts.spared().unpriced());
    sum(day, field + "saved", counts.spared().cost());
    count(day, field + "refused", counts.refused());
    count(day, field + "failed", counts.failed());
    count(day, field + "refusals", counts.refusals());
    count(day, field + "failures", counts.failures());
    expire(day);
  }

  private void add(Booking.Sum sum, Used used) {
    for (var period : Period.values()) {
      var key = LedgerKeys.used(sum.spender(), period, sum.day());
      count(key, "pictures", used.pictures());
      count(key, "unpriced", used.unpriced());
      sum(key, "cost", used.cost());
      if (period != Period.TOTAL) {
        expire(key);
      }
    }
  }

  private void count(String key, String field, long number) {
    if (number != 0) {
      step("count", key, field, Long.toString(number), "");
    }
  }

  private void sum(String key, String field, BigDecimal amount) {
    if (amount.signum() != 0) {
      var money = Money.of(amount);
      step("sum", key, field, Long.toString(money.units()), Long.toString(money.picos()));
    }
  }

  private void expire(String key) {
    step("expire", key, "", Long.toString(Ledger.RETENTION.toSeconds()), "");
  }

  private void step(String what, String key, String field, String one, String other) {
    if (!keys.contains(key)) {
      keys.add(key);
    }
    arguments.addAll(List.of(what, Integer.toString(keys.indexOf(key) + 1), field, one, other));
  }
}
