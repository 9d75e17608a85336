package dev.nectar.web.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * What was asked for a moment ago and answered without waiting for anything, so that it may be
 * again. A guess: whatever would wait is left to another thread.
 */
final class AnswersAtHand {

  /** So long a file that was sent is taken to be in memory still. */
  private static final Duration WARM = Duration.ofMinutes(1);

  private static final int MAX_CHARACTERS = 4 << 20;

  /** So long only a slow disk takes, for which the next answers had better not wait. */
  private static final Duration STALL = Duration.ofMillis(250);

  private static final Duration DISTRUST = Duration.ofSeconds(10);

  private final Ticker ticker;
  private final Cache<String, Boolean> targets;
  private volatile long distrusted;

  AnswersAtHand(Ticker ticker) {
    this.ticker = ticker;
    distrusted = ticker.read() - DISTRUST.toNanos();
    targets =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfterAccess(WARM)
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String target, Boolean known) -> target.length())
            .build();
  }

  /**
   * Whether this was.
   *
   * @param target of a request, as it was sent
   */
  boolean holds(String target) {
    return targets.getIfPresent(target) != null;
  }

  void note(String target, boolean atHand) {
    if (!atHand) {
      targets.invalidate(target);
    } else if (!holds(target) && ticker.read() - distrusted >= DISTRUST.toNanos()) {
      targets.put(target, Boolean.TRUE);
    }
  }

  /** Gives an answer; nothing is at hand for a while after one that was not there at once. */
  void give(Runnable answer) {
    var start = ticker.read();
    answer.run();
    var end = ticker.read();
    if (end - start >= STALL.toNanos()) {
      distrusted = end;
      targets.invalidateAll();
    }
  }
}
