package dev.nectar.account;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Keys, what is held back for them, and what was spent. Safe for use by many threads and by many
 * servers at a time; each call happens as a whole or not at all.
 *
 * <p>Whatever throws an IOException may have happened all the same.
 */
public interface Ledger extends AutoCloseable {

  /** So long is a server thought to be there after it was last heard of. */
  Duration ABSENCE = Duration.ofSeconds(15);

  /** So long are the days kept. */
  Duration RETENTION = Duration.ofDays(800);

  /** Another one after each change of a key. */
  long version() throws IOException;

  /** All keys that were ever made. */
  List<ClientKey> keys() throws IOException;

  /**
   * Keeps a key in the place of its {@linkplain ClientKey#revision revision} before.
   *
   * @return false if that is not the one that is kept
   */
  boolean keep(ClientKey key) throws IOException;

  /** When each key was last used. */
  Map<String, Instant> lastUsed() throws IOException;

  /**
   * Holds all of them or none.
   *
   * @param holds at least one; of one node and one key
   * @param budget the key's
   * @return false if that would exceed the budget, or nothing is left of it
   */
  boolean hold(List<Hold> holds, Budget budget, Instant now) throws IOException;

  /** This server is still there, and so is what it holds. */
  void present(String node, Instant now) throws IOException;

  /** Enters it, unless that was done before. */
  void book(Booking booking) throws IOException;

  /** What was had in the period that has this day. */
  Used used(Spender spender, Period period, LocalDate day) throws IOException;

  /** From the one day to the other, both included. */
  Map<SpendLine, SpendCounts> spend(LocalDate from, LocalDate to) throws IOException;

  @Override
  void close();
}
