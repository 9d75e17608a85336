package dev.nectar.account;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the ledger twice a second, and writes what waits. Neither holds up the other. */
public final class LedgerWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LedgerWatch.class);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final ClientKeys keys;
  private final Accounts accounts;
  private final List<String> unpriced;
  private final Set<String> warned = new HashSet<>();
  private final ScheduledExecutorService reader = thread("ledger-watch");
  private final ScheduledExecutorService writer = thread("ledger-journal");
  private CompletableFuture<Void> first = CompletableFuture.completedFuture(null);

  /**
   * @param unpriced back ends of which no price is known
   */
  public LedgerWatch(ClientKeys keys, Accounts accounts, List<String> unpriced) {
    this.keys = keys;
    this.accounts = accounts;
    this.unpriced = unpriced;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Begins, and waits for nothing. */
  public LedgerWatch start() {
    first = CompletableFuture.runAsync(this::read, reader);
    repeat(reader, this::read);
    repeat(writer, this::write);
    return this;
  }

  /** Returns once it has looked. */
  public LedgerWatch awaitFirst() {
    first.join();
    return this;
  }

  private void read() {
    keys.refresh();
    accounts.backendLimits().refresh();
    if (!unpriced.isEmpty()) {
      keys.list().forEach(this::warnOfBudget);
    }
  }

  /** What can't be written may have vanished. */
  private void write() {
    accounts.write();
    if (!accounts.isWritable()) {
      keys.refresh();
    }
  }

  /** Pictures of unknown price are not taken off a budget of money. */
  private void warnOfBudget(ClientKey key) {
    if (key.budget() instanceof Budget.Amount && warned.add(key.id())) {
      log.warn(
          "The key {} has a budget of money, and PRICES has no price of {}: what they paint is not"
              + " taken off it unless they tell the cost.",
          key.id(),
          String.join(", ", unpriced));
    }
  }

  /** What throws must not be the last time. */
  private static void repeat(ScheduledExecutorService thread, Runnable work) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                log.error("The ledger could not be looked after.", e);
              }
            },
            PAUSE.toMillis(),
            PAUSE.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Writes what still waits. */
  @Override
  public void close() {
    reader.shutdownNow();
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PAUSE.toMillis() * 20, TimeUnit.MILLISECONDS)) {
        log.warn("The ledger was not written in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    accounts.write();
  }
}
