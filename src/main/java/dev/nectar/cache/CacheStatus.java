package dev.nectar.cache;

import org.jspecify.annotations.Nullable;

/**
 * A store as operators see it.
 *
 * @param mode {@code filesystem}, {@code sqlite} or {@code redis}
 * @param entries how many are known by now; null if that can't be told
 * @param bytes that they take together; null if that can't be told
 * @param readable whether entries can be read; while they can't, everything is a miss
 * @param writable whether entries can be kept
 */
public record CacheStatus(
    String mode, @Nullable Long entries, @Nullable Long bytes, boolean readable, boolean writable) {

  public boolean available() {
    return readable && writable;
  }
}
