package dev.nectar.account.sqlite;

import dev.nectar.account.Booking;
import dev.nectar.account.Money;
import dev.nectar.account.Period;
import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import dev.nectar.account.Spender;
import dev.nectar.account.Used;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was spent, by line and by period. Of a sum, 10^12 parts make a unit. */
final class LedgerSums {

  private LedgerSums() {}

  static void add(JdbcClient sqlite, SpendLine line, SpendCounts counts) {
    var cost = Money.of(counts.used().cost());
    var saved = Money.of(counts.spared().cost());
    sqlite
        .sql(
            """
            INSERT INTO spend VALUES (:day, :key, :backend, :model, :source,
                :pictures, :unpriced, :costUnits, :costPicos,
                :spared, :sparedUnpriced, :savedUnits, :savedPicos,
                :refused, :failed, :refusals, :failures)
              ON CONFLICT (day, key, backend, model, source) DO UPDATE SET
                pictures = pictures + :pictures,
                unpriced = unpriced + :unpriced,
                cost_units = cost_units + :costUnits + (cost_picos + :costPicos) / 1000000000000,
                cost_picos = (cost_picos + :costPicos) % 1000000000000,
                spared = spared + :spared,
                spared_unpriced = spared_unpriced + :sparedUnpriced,
                saved_units = saved_units + :savedUnits
                    + (saved_picos + :savedPicos) / 1000000000000,
                saved_picos = (saved_picos + :savedPicos) % 1000000000000,
                refused = refused + :refused,
                failed = failed + :failed,
                refusals = refusals + :refusals,
                failures = failures + :failures
            """)
        .param("day", line.day().toString())
        .param("key", line.key())
        .param("backend", line.backend())
        .param("model", line.model())
        .param("source", line.source())
        .param("pictures", counts.used().pictures())
        .param("unpriced", counts.used().unpriced())
        .param("costUnits", cost.units())
        .param("costPicos", cost.picos())
        .param("spared", counts.spared().pictures())
        .param("sparedUnpriced", counts.spared().unpriced())
        .param("savedUnits", saved.units())
        .param("savedPicos", saved.picos())
        .param("refused", counts.refused())
        .param("failed", counts.failed())
        .param("refusals", counts.refusals())
        .param("failures", counts.failures())
        .update();
  }

  static void add(JdbcClient sqlite, Booking.Sum sum, Used used) {
    var cost = Money.of(used.cost());
    sqlite
        .sql(
            """
            INSERT INTO used VALUES (:spender, :day, :pictures, :unpriced, :units, :picos)
              ON CONFLICT (spender, day) DO UPDATE SET
                pictures = pictures + :pictures,
                unpriced = unpriced + :unpriced,
                cost_units = cost_units + :units + (cost_picos + :picos) / 1000000000000,
                cost_picos = (cost_picos + :picos) % 1000000000000
            """)
        .param("spender", sum.spender().name())
        .param("day", sum.day().toString())
        .param("pictures", used.pictures())
        .param("unpriced", used.unpriced())
        .param("units", cost.units())
        .param("picos", cost.picos())
        .update();
  }

  /** In the period that has this day; a row a day, so that there are not many. */
  static Used used(JdbcClient sqlite, Spender spender, Period period, LocalDate day) {
    return sqlite
        .sql(
            """
            SELECT coalesce(sum(pictures), 0) AS pictures, coalesce(sum(unpriced), 0) AS unpriced,
                coalesce(sum(cost_units), 0) AS units, coalesce(sum(cost_picos), 0) AS picos
              FROM used WHERE spender = :spender AND day >= :from AND day < :to
            """)
        .param("spender", spender.name())
        .param("from", period.start(day).toString())
        .param("to", period.end(day).toString())
        .query(LedgerSums::used)
        .single();
  }

  /** From the columns pictures, unpriced, units and picos. */
  static Used used(ResultSet row, int number) throws SQLException {
    return new Used(
        row.getLong("pictures"),
        row.getLong("unpriced"),
        new Money(row.getLong("units"), row.getLong("picos")).amount());
  }

  static Map<SpendLine, SpendCounts> spend(JdbcClient sqlite, LocalDate from, LocalDate to) {
    var spend = new HashMap<SpendLine, SpendCounts>();
    sqlite
        .sql("SELECT * FROM spend WHERE day BETWEEN :from AND :to")
        .param("from", from.toString())
        .param("to", to.toString())
        .query(row -> {
          spend.put(line(row), counts(row));
        });
    return spend;
  }

  private static SpendLine line(ResultSet row) throws SQLException {
    return new SpendLine(
        LocalDate.parse(row.getString("day")),
        row.getString("key"),
        row.getString("backend"),
        row.getString("model"),
        row.getString("source"));
  }

  private static SpendCounts counts(ResultSet row) throws SQLException {
    var cost = new Money(row.getLong("cost_units"), row.getLong("cost_picos"));
    var saved = new Money(row.getLong("saved_units"), row.getLong("saved_picos"));
    return new SpendCounts(
        new Used(row.getLong("pictures"), row.getLong("unpriced"), cost.amount()),
        new Used(row.getLong("spared"), row.getLong("spared_unpriced"), saved.amount()),
        row.getLong("refused"),
        row.getLong("failed"),
        row.getLong("refusals"),
        row.getLong("failures"));
  }
}
