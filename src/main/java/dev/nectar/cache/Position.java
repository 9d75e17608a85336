package dev.nectar.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in a listing, which goes from the newest entry to the oldest. */
public record Position(Instant createdAt, CacheKey key) implements Comparable<Position> {

  /** Reads {@link #toString}; empty if the text is anything else. */
  public static Optional<Position> parse(String text) {
    var parts = text.split("_", 2);
    try {
      return parts.length < 2
          ? Optional.empty()
          : CacheKey.parse(parts[1])
              .map(key -> new Position(Instant.ofEpochMilli(Long.parseLong(parts[0])), key));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** To the millisecond, which is as exact as every store keeps it. */
  public static Position of(Instant createdAt, CacheKey key) {
    return new Position(Instant.ofEpochMilli(createdAt.toEpochMilli()), key);
  }

  @Override
  public int compareTo(Position other) {
    var newestFirst = other.createdAt.compareTo(createdAt);
    return newestFirst == 0 ? CacheKey.ORDER.compare(other.key, key) : newestFirst;
  }

  @Override
  public String toString() {
    return createdAt.toEpochMilli() + "_" + key;
  }
}
