package dev.nectar.backend;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/** The last so many durations, in milliseconds. */
final class RecentDurations {

  private static final int CAPACITY = 101;

  private final long[] millis = new long[CAPACITY];
  private int count;

  synchronized void add(Duration duration) {
    millis[count % CAPACITY] = duration.toMillis();
    count = count + 1 < 2 * CAPACITY ? count + 1 : CAPACITY;
  }

  /** Empty if there is none. */
  synchronized OptionalLong median() {
    var known = Arrays.copyOf(millis, Math.min(count, CAPACITY));
    Arrays.sort(known);
    return known.length == 0 ? OptionalLong.empty() : OptionalLong.of(known[known.length / 2]);
  }
}
