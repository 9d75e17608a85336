package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import java.util.stream.Stream;

/** A monitor for every key; some keys share one, so a thread may hold only one at a time. */
final class KeyLocks {

  private static final int STRIPES = 256;

  private final Object[] stripes = Stream.generate(Object::new).limit(STRIPES).toArray();

  Object of(CacheKey key) {
    return stripes[(int) (key.first() & (STRIPES - 1))];
  }
}
