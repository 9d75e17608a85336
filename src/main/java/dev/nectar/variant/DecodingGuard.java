package dev.nectar.variant;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Holds the thread that made it to a time of computing, and to what it may allocate. */
final class DecodingGuard {

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final long startNanos = THREADS.getCurrentThreadCpuTime();
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
    if (THREADS.getCurrentThreadCpuTime() - startNanos >= timeout.toNanos()) {
      throw new DecodingLimitException(timeout);
    }
    if (THREADS.getCurrentThreadAllocatedBytes() - startBytes > maxBytes) {
      throw new DecodingLimitException(maxBytes);
    }
  }

  /** What a thread has computed so far; less than zero once it has ended. */
  static Duration computed(Thread thread) {
    return Duration.ofNanos(THREADS.getThreadCpuTime(thread.threadId()));
  }
}
