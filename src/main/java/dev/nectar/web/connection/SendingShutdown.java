package dev.nectar.web.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Before connections are closed, lets clients have the rest of their answers. Tomcat waits for
 * those that a thread is at, and not for files, which need none.
 */
final class SendingShutdown implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SendingShutdown.class);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final Duration patience;
  private volatile @Nullable RequestDeadlineProtocol protocol;
  private volatile boolean running;

  SendingShutdown(Duration patience) {
    this.patience = patience;
  }

  /** To be said before the server stops. */
  void watch(RequestDeadlineProtocol served) {
    protocol = served;
  }

  /** After requests have been answered, ahead of the end of the server. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    var served = protocol;
    var end = System.nanoTime() + patience.toNanos();
    try {
      while (served != null && served.isSending()) {
        if (System.nanoTime() >= end) {
          log.warn("Clients that are slow to take their answers are left without the rest.");
          return;
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
