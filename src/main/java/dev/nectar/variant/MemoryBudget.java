package dev.nectar.variant;

import dev.nectar.settings.HeapShare;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Memory that all decoders share, on the heap and outside of it; first come, first served. */
final class MemoryBudget {

  private static final int UNIT = 1 << 10;

  private final int heapUnits;
  private final int outsideUnits;
  private final Semaphore heap;
  private final Semaphore outside;

  /** Its share of the heap, and a quarter of its size outside of it. */
  static MemoryBudget ofHeap() {
    return new MemoryBudget(HeapShare.DECODING.bytes(), Runtime.getRuntime().maxMemory() / 4);
  }

  /** In bytes. */
  MemoryBudget(long heap, long outside) {
    this.heapUnits = units(heap);
    this.outsideUnits = units(outside);
    this.heap = new Semaphore(heapUnits, true);
    this.outside = new Semaphore(outsideUnits, true);
  }

  /** Whether there is room while nothing else takes any. */
  boolean covers(DecodingCost cost) {
    return units(cost.heap()) <= heapUnits && units(cost.outside()) <= outsideUnits;
  }

  /** Takes all of it, or nothing if there is no room until then. */
  boolean take(DecodingCost cost, long endNanos) throws InterruptedException {
    if (!take(heap, units(cost.heap()), endNanos)) {
      return false;
    }
    if (!take(outside, units(cost.outside()), endNanos)) {
      heap.release(units(cost.heap()));
      return false;
    }
    return true;
  }

  void giveBack(DecodingCost cost) {
    heap.release(units(cost.heap()));
    outside.release(units(cost.outside()));
  }

  private static boolean take(Semaphore memory, int units, long endNanos)
      throws InterruptedException {
    return memory.tryAcquire(units, endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static int units(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
  }
}
