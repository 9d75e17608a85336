package dev.nectar.image.staging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Has a file brought to the disk by another thread, while more is written to it or there is other
 * work to do. What fails once is a failure of the whole: a system tells it only once.
 */
final class BackgroundForce {

  /** So much is worth a turn of its own. */
  static final int STEP_BYTES = 1 << 20;

  /** Makes durable what was written by now. */
  interface Forcing {
    void force() throws IOException;
  }

  private final Forcing file;
  private CompletableFuture<Void> turns = CompletableFuture.completedFuture(null);
  private long unforced;
  private boolean last;

  BackgroundForce(Forcing file) {
    this.file = file;
  }

  /** So much more was written; nothing is waited for. */
  void written(int bytes) {
    unforced += bytes;
    if (unforced >= STEP_BYTES && turns.isDone()) {
      begin();
    }
  }

  /** Begins with the last turn: all is written. */
  void finish() {
    if (!last) {
      last = true;
      begin();
    }
  }

  private void begin() {
    unforced = 0;
    turns = turns.thenRunAsync(this::force, Thread::startVirtualThread);
  }

  private void force() {
    try {
      file.force();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns once all is durable.
   *
   * @throws IOException if the disk did not take it
   */
  void await() throws IOException {
    finish();
    try {
      turns.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case UncheckedIOException io -> throw io.getCause();
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
