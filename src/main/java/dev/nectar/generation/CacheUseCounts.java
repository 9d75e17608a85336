package dev.nectar.generation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many requests the cache spared work, since the start. */
final class CacheUseCounts {

  private final Map<ImageAnswer.CacheUse, LongAdder> counts =
      new EnumMap<>(ImageAnswer.CacheUse.class);

  private final LongAdder failures = new LongAdder();

  CacheUseCounts() {
    for (var use : ImageAnswer.CacheUse.values()) {
      counts.put(use, new LongAdder());
    }
  }

  ImageAnswer count(ImageAnswer answer) {
    counter(answer.cacheUse()).increment();
    if (answer.result() instanceof GenerationResult.NoImage) {
      failures.increment();
    }
    return answer;
  }

  long failed() {
    return failures.sum();
  }

  long of(ImageAnswer.CacheUse use) {
    return counter(use).sum();
  }

  @SuppressWarnings("NullAway") // every use has its counter
  private LongAdder counter(ImageAnswer.CacheUse use) {
    return counts.get(use);
  }
}
