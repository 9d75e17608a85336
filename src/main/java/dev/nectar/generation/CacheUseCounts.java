package dev.nectar.generation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many requests the cache spared work, since the start. */
final class CacheUseCounts {

  private final Map<ImageAnswer.CacheUse, LongAdder> all = counters();
  private final Map<ImageAnswer.CacheUse, LongAdder> failures = counters();

  private static Map<ImageAnswer.CacheUse, LongAdder> counters() {
    var counters = new EnumMap<ImageAnswer.CacheUse, LongAdder>(ImageAnswer.CacheUse.class);
    for (var use : ImageAnswer.CacheUse.values()) {
      counters.put(use, new LongAdder());
    }
    return counters;
  }

  ImageAnswer count(ImageAnswer answer) {
    counter(all, answer.cacheUse()).increment();
    if (answer.result() instanceof GenerationResult.NoImage) {
      counter(failures, answer.cacheUse()).increment();
    }
    return answer;
  }

  long of(ImageAnswer.CacheUse use) {
    return counter(all, use).sum();
  }

  /** Those of them that got no image. */
  long failed(ImageAnswer.CacheUse use) {
    return counter(failures, use).sum();
  }

  @SuppressWarnings("NullAway") // every use has its counter
  private static LongAdder counter(
      Map<ImageAnswer.CacheUse, LongAdder> counters, ImageAnswer.CacheUse use) {
    return counters.get(use);
  }
}
