package dev.nectar.account;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each back end may cost in a period. Asked at every draw, it answers from memory. */
public final class BackendLimits {

  private static final Logger log = LoggerFactory.getLogger(BackendLimits.class);

  private record Tally(String period, Used used) {}

  private final Map<String, Budget> budgets;
  private final Ledger ledger;
  private final Journal journal;
  private final InstantSource clock;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  BackendLimits(Map<String, Budget> budgets, Ledger ledger, Journal journal, InstantSource clock) {
    this.budgets = budgets;
    this.ledger = ledger;
    this.journal = journal;
    this.clock = clock;
  }

  /** When a back end that has used up its budget may be asked again; empty if it may now. */
  public Optional<Instant> usedUpUntil(String backend) {
    var budget = budgets.get(backend);
    return budget == null || !budget.isUsedUp(used(backend, budget))
        ? Optional.empty()
        : budget.per().next(clock.instant());
  }

  /** What is left of each budget, by back end. */
  public Optional<BigDecimal> remaining(String backend) {
    return Optional.ofNullable(budgets.get(backend))
        .map(budget -> budget.remaining(used(backend, budget)));
  }

  private Used used(String backend, Budget budget) {
    var tally = tallies.get(backend);
    return tally == null || !tally.period().equals(period(budget)) ? Used.NOTHING : tally.used();
  }

  private String period(Budget budget) {
    return budget.per().id(Period.day(clock.instant()));
  }

  void add(String backend, Used more) {
    var budget = budgets.get(backend);
    if (budget != null) {
      tallies.compute(
          backend, (_, _) -> new Tally(period(budget), used(backend, budget).plus(more)));
    }
  }

  /** Learns of what other servers have spent, too; as it was while the ledger can't be read. */
  void refresh() {
    budgets.forEach((backend, budget) -> {
      var day = Period.day(clock.instant());
      var spender = Spender.backend(backend);
      try {
        var outstanding = journal.outstanding(spender, budget.per(), day);
        var used = ledger.used(spender, budget.per(), day).plus(outstanding);
        tallies.merge(backend, new Tally(budget.per().id(day), used), BackendLimits::later);
      } catch (IOException e) {
        log.debug("What {} has cost can't be read: {}", backend, e.getMessage());
      }
    });
  }

  /** What is spent never grows less within a period: the ledger may be behind. */
  private static Tally later(Tally before, Tally read) {
    return before.period().equals(read.period())
            && before.used().pictures() > read.used().pictures()
        ? before
        : read;
  }
}
