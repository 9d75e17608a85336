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
    var key = holds.getFirst().key();
    var used =
        LedgerSums.used(sqlite, Spender.key(key), budget.per(), Period.day(now))
            .plus(held(sqlite, key, now));
    if (!budget.permits(used, holds)) {
      return false;
    }
    holds.forEach(hold -> add(sqlite, hold));
    return true;
  }

  /** By servers that are there. */
  private static Used held(JdbcClient sqlite, String key, Instant now) {
    return sqlite
        .sql(
            """
            SELECT count(*) AS pictures, 0 AS unpriced,
                coalesce(sum(units), 0) AS units, coalesce(sum(picos), 0) AS picos
              FROM held JOIN nodes ON nodes.id = held.node
              WHERE held.key = :key AND nodes.gone_at > :now
            """)
        .param("key", key)
        .param("now", now.toEpochMilli())
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

  /** What servers held that are gone is held no more. */
  static int present(JdbcClient sqlite, String node, Instant now) {
    sqlite
        .sql(
            "DELETE FROM held WHERE node NOT IN (SELECT id FROM nodes WHERE gone_at > :now OR id = :id)")
        .param("now", now.toEpochMilli())
        .param("id", node)
        .update();
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
