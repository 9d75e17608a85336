package dev.nectar.account;

import java.time.Duration;
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
  private final ScheduledExecutorService reader = thread("ledger-watch");
  private final ScheduledExecutorService writer = thread("ledger-journal");

  public LedgerWatch(ClientKeys keys, Accounts accounts) {
    this.keys = keys;
    this.accounts = accounts;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Reads once before it returns. */
  public LedgerWatch start() {
    read();
    repeat(reader, this::read);
    repeat(writer, accounts::write);
    return this;
  }

  private void read() {
    keys.refresh();
    accounts.backendLimits().refresh();
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
