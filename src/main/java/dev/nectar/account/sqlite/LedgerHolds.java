package dev.nectar.account.sqlite;

import dev.nectar.account.Budget;
import dev.nectar.account.Hold;
import dev.nectar.account.Ledger;
import dev.nectar.account.Money;
import dev.nectar.account.Period;
import dev.nectar.account.Spender;
import dev.nectar.account.Used;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is held back for pictures that are being made. */
final class LedgerHolds {

  private LedgerHolds() {}

  /** Within a transaction that nobody else writes during. */
  static boolean hold(JdbcClient sqlite, List<Hold> holds, Budget budget, Instant now) {
    var first = holds.getFirst();
    present(sqlite, first.node(), now);
    var period = budget.per().id(Period.day(now));
    var used =
        LedgerSums.used(sqlite, Spender.key(first.key()), period)
            .plus(held(sqlite, first.key(), now));
    if (!budget.permits(used, holds)) {
      return false;
    }
    holds.forEach(hold -> add(sqlite, hold));
    return true;
  }

  private static Used held(JdbcClient sqlite, String key, Instant now) {
    sqlite
        .sql(
            """
            DELETE FROM held WHERE key = :key
              AND node NOT IN (SELECT id FROM nodes WHERE gone_at > :now)
            """)
        .param("key", key)
        .param("now", now.toEpochMilli())
        .update();
    return sqlite
        .sql(
            """
            SELECT count(*) AS pictures, 0 AS unpriced,
                coalesce(sum(units), 0) AS units, coalesce(sum(picos), 0) AS picos
              FROM held WHERE key = :key
            """)
        .param("key", key)
        .query(LedgerSums::used)
        .single();
  }

  private static void add(JdbcClient sqlite, Hold hold) {
    var amount = Money.of(hold.amount());
    sqlite
        .sql("INSERT OR REPLACE INTO held VALUES (:key, :id, :node, :units, :picos)")
        .param("key", hold.key())
        .param("id", hold.id())
        .param("node", hold.node())
        .param("units", amount.units())
        .param("picos", amount.picos())
        .update();
  }

  static int present(JdbcClient sqlite, String node, Instant now) {
    return sqlite
        .sql("INSERT OR REPLACE INTO nodes VALUES (:id, :goneAt)")
        .param("id", node)
        .param("goneAt", now.plus(Ledger.ABSENCE).toEpochMilli())
        .update();
  }

  static void settle(JdbcClient sqlite, Hold hold) {
    sqlite
        .sql("DELETE FROM held WHERE key = :key AND id = :id")
        .param("key", hold.key())
        .param("id", hold.id())
        .update();
  }
}
