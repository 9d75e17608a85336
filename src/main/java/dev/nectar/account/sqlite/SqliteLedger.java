package dev.nectar.account.sqlite;

import dev.nectar.account.Booking;
import dev.nectar.account.Budget;
import dev.nectar.account.ClientKey;
import dev.nectar.account.Hold;
import dev.nectar.account.KeyJson;
import dev.nectar.account.Ledger;
import dev.nectar.account.Period;
import dev.nectar.account.SpendCounts;
import dev.nectar.account.SpendLine;
import dev.nectar.account.Spender;
import dev.nectar.account.Used;
import dev.nectar.storage.SqliteThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ledger in an SQLite file. The file is made if there is none, and never made anew. */
public final class SqliteLedger implements Ledger {

  private final SqliteThread reader;
  private final SqliteThread writer;

  private record Presence(String node, Instant time) {

    /** Whether the other one is told still: one is asked for with each picture. */
    boolean follows(@Nullable Presence other) {
      return other != null
          && node.equals(other.node)
          && !time.isBefore(other.time)
          && time.isBefore(other.time.plus(ABSENCE.dividedBy(3)));
    }
  }

  /** Of the writer's thread. */
  private @Nullable Presence told;

  /** Until when everything outdated has been cleared away; of the writer's thread. */
  private @Nullable LocalDate swept;

  public SqliteLedger(Path path) {
    var file = LedgerSchema.in(path);
    this.reader = SqliteThread.reader(file, "ledger-reader");
    this.writer = SqliteThread.writer(file, "ledger-writer");
  }

  @Override
  public long version() throws IOException {
    return reader.call(
        sqlite -> sqlite.sql("SELECT version FROM changes").query(Long.class).single());
  }

  @Override
  public List<ClientKey> keys() throws IOException {
    return reader.call(sqlite ->
        sqlite
            .sql("SELECT key FROM keys")
            .query((row, _) -> KeyJson.read(row.getString("key")))
            .list());
  }

  @Override
  public boolean keep(ClientKey key) throws IOException {
    return writer.call(sqlite -> transaction(sqlite, () -> kept(sqlite, key)));
  }

  private static boolean kept(JdbcClient sqlite, ClientKey key) {
    var changed =
        sqlite
            .sql(
                key.revision() == 1
                    ? "INSERT OR IGNORE INTO keys (id, revision, key) VALUES (:id, :revision, :key)"
                    : """
                    UPDATE keys SET revision = :revision, key = :key
                      WHERE id = :id AND revision = :revision - 1
                    """)
            .param("id", key.id())
            .param("revision", key.revision())
            .param("key", KeyJson.write(key))
            .update();
    sqlite
        .sql("UPDATE changes SET version = version + :changed")
        .param("changed", changed)
        .update();
    return changed == 1;
  }

  @Override
  public Map<String, Instant> lastUsed() throws IOException {
    return reader.call(sqlite -> {
      var times = new HashMap<String, Instant>();
      sqlite
          .sql("SELECT key, at FROM last_used")
          .query(row -> {
            times.put(row.getString("key"), Instant.ofEpochMilli(row.getLong("at")));
          });
      return times;
    });
  }

  @Override
  public boolean hold(List<Hold> holds, Budget budget, Instant now) throws IOException {
    return writer.call(sqlite -> {
      var presence = new Presence(holds.getFirst().node(), now);
      var isNews = !presence.follows(told);
      var held =
          transaction(
              sqlite,
              () -> {
                if (isNews) {
                  LedgerHolds.present(sqlite, presence.node(), now);
                }
                return LedgerHolds.hold(sqlite, holds, budget, now);
              });
      told = isNews ? presence : told;
      return held;
    });
  }

  @Override
  public void present(String node, Instant now) throws IOException {
    writer.call(sqlite -> transaction(sqlite, () -> LedgerHolds.present(sqlite, node, now)));
  }

  @Override
  public void book(Booking booking) throws IOException {
    writer.call(sqlite -> transaction(sqlite, () -> booked(sqlite, booking)));
  }

  private boolean booked(JdbcClient sqlite, Booking booking) {
    var today = booking.day(LocalDate.EPOCH);
    var isNew =
        sqlite
                .sql("INSERT OR IGNORE INTO bookings (id, day) VALUES (:id, :day)")
                .param("id", booking.id())
                .param("day", today.toString())
                .update()
            == 1;
    if (!isNew) {
      return false;
    }
    booking.counts().forEach((line, counts) -> LedgerSums.add(sqlite, line, counts));
    booking.sums().forEach((sum, used) -> LedgerSums.add(sqlite, sum, used));
    booking
        .lastUsed()
        .forEach((key, time) ->
            sqlite
                .sql(
                    """
                    INSERT INTO last_used VALUES (:key, :at)
                      ON CONFLICT (key) DO UPDATE SET at = max(at, :at)
                    """)
                .param("key", key)
                .param("at", time.toEpochMilli())
                .update());
    booking.settled().forEach(hold -> LedgerHolds.settle(sqlite, hold));
    if (swept == null || swept.isBefore(today)) {
      sweep(sqlite, today);
      swept = today;
    }
    return true;
  }

  private static void sweep(JdbcClient sqlite, LocalDate today) {
    var oldest = today.minusDays(RETENTION.toDays()).toString();
    sqlite.sql("DELETE FROM spend WHERE day < :oldest").param("oldest", oldest).update();
    sqlite
        .sql("DELETE FROM nodes WHERE gone_at < :now")
        .param("now", today.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli())
        .update();
    sqlite
        .sql("DELETE FROM bookings WHERE day < :yesterday")
        .param("yesterday", today.minusDays(1).toString())
        .update();
  }

  @Override
  public Used used(Spender spender, Period period, LocalDate day) throws IOException {
    return reader.call(sqlite -> LedgerSums.used(sqlite, spender, period, day));
  }

  @Override
  public Map<SpendLine, SpendCounts> spend(LocalDate from, LocalDate to) throws IOException {
    return reader.call(sqlite -> LedgerSums.spend(sqlite, from, to));
  }

  /** What throws takes the connection along, and with it what was not committed. */
  private static <T> T transaction(JdbcClient sqlite, Supplier<T> work) {
    sqlite.sql("BEGIN IMMEDIATE").update();
    var result = work.get();
    sqlite.sql("COMMIT").update();
    return result;
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
