package dev.nectar.cache;

import org.jspecify.annotations.Nullable;

/**
 * A store as operators see it.
 *
 * @param mode {@code filesystem}, {@code sqlite} or {@code redis}
 * @param entries how many are known by now; null if that can't be told
 * @param bytes that they take together; null if that can't be told
 * @param available whether it can be reached; while it can't, everything is a miss
 */
public record CacheStatus(
    String mode, @Nullable Long entries, @Nullable Long bytes, boolean available) {}
