package dev.nectar.account;

import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on its way to the ledger. What can't be written waits in memory, summed up, and is caught
 * up; a booking of which it is not known whether it was entered is entered again as it was.
 */
final class Journal {

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** More such bookings than calls at a time there are not. */
  private static final int MAX_IN_DOUBT = 10_000;

  private final Ledger ledger;
  private final WarningLimit warnings = new WarningLimit();
  private final Deque<Booking> inDoubt = new ArrayDeque<>();
  private Map<SpendLine, SpendCounts> waiting = new HashMap<>();
  private Map<String, Instant> lastUsed = new HashMap<>();
  private List<Hold> settled = new ArrayList<>();
  private final ReentrantLock flushing = new ReentrantLock();
  private volatile boolean writable = true;

  Journal(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether the last that was to be written was. */
  boolean isWritable() {
    return writable;
  }

  /** Enters it before long. */
  synchronized void note(SpendLine line, SpendCounts counts) {
    waiting.merge(line, counts, SpendCounts::plus);
  }

  synchronized void used(String key, Instant time) {
    lastUsed.put(key, time);
  }

  /** Nothing is held for it any more. */
  synchronized void release(Hold hold) {
    settled.add(hold);
  }

  /** Enters it before this returns, if that can be done. */
  void enter(Map<SpendLine, SpendCounts> counts, List<Hold> holds) {
    if (!writable) {
      wait(counts, holds);
      return;
    }
    var booking = new Booking(newId(), counts, Map.of(), holds);
    try {
      ledger.book(booking);
    } catch (IOException e) {
      failed(booking, e);
    }
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private synchronized void wait(Map<SpendLine, SpendCounts> counts, List<Hold> holds) {
    counts.forEach(this::note);
    settled.addAll(holds);
  }

  private synchronized void failed(Booking booking, IOException fault) {
    unwritable(fault);
    if (inDoubt.size() < MAX_IN_DOUBT) {
      inDoubt.add(booking);
    } else {
      wait(booking.counts(), booking.settled());
    }
  }

  /** Nothing more is tried at once until what waits has been caught up. */
  void unwritable(IOException fault) {
    writable = false;
    if (warnings.permits()) {
      log.warn(
          "The ledger can't be written; what is spent is entered once it can: {}",
          fault.getMessage());
    }
  }

  /** Enters what waits. */
  void flush() {
    flushing.lock();
    try {
      flushAll();
    } finally {
      flushing.unlock();
    }
  }

  private void flushAll() {
    while (true) {
      var booking = next();
      if (booking == null) {
        caughtUp();
        return;
      }
      try {
        ledger.book(booking);
        done(booking);
      } catch (IOException e) {
        unwritable(e);
        return;
      }
    }
  }

  private synchronized @Nullable Booking next() {
    if (inDoubt.isEmpty() && !(waiting.isEmpty() && lastUsed.isEmpty() && settled.isEmpty())) {
      inDoubt.add(new Booking(newId(), waiting, lastUsed, settled));
      waiting = new HashMap<>();
      lastUsed = new HashMap<>();
      settled = new ArrayList<>();
    }
    return inDoubt.peek();
  }

  private synchronized void done(Booking booking) {
    inDoubt.remove(booking);
  }

  private void caughtUp() {
    if (!writable) {
      writable = true;
      log.info("The ledger is written again.");
    }
  }

  /** What of the period that has this day is not in the ledger, or not for certain. */
  synchronized Used outstanding(Spender spender, Period period, LocalDate day) {
    var total = new Booking("", waiting, Map.of(), List.of()).sum(spender, period, day);
    for (var booking : inDoubt) {
      total = total.plus(booking.sum(spender, period, day));
    }
    return total;
  }

  /** What is not in the ledger, or not for certain. */
  synchronized Map<SpendLine, SpendCounts> outstanding() {
    var all = new HashMap<>(waiting);
    inDoubt.forEach(booking ->
        booking.counts().forEach((line, counts) -> all.merge(line, counts, SpendCounts::plus)));
    return all;
  }
}
