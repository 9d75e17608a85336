package dev.nectar.variant;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Holds the thread that made it to a time, and to what it may allocate in that time. */
final class DecodingGuard {

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final long startNanos = System.nanoTime();
  private final long startBytes = THREADS.getCurrentThreadAllocatedBytes();
  private final Duration timeout;
  private final long maxBytes;

  DecodingGuard(Duration timeout, long maxBytes) {
    this.timeout = timeout;
    this.maxBytes = maxBytes;
  }

  /**
   * @throws DecodingLimitException if there was more of either
   */
  void check() throws IOException {
    if (System.nanoTime() - startNanos >= timeout.toNanos()) {
      throw new DecodingLimitException(timeout);
    }
    var bytes = THREADS.getCurrentThreadAllocatedBytes() - startBytes;
    if (bytes > maxBytes) {
      throw new DecodingLimitException(maxBytes);
    }
  }
}
