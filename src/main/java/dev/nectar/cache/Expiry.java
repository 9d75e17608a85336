package dev.nectar.cache;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheEntry.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How long remembered failures are valid, from their creation.
 *
 * @param blockedTtl of a {@link Blocked}
 * @param fallbackFailedTtl of a {@link FallbackFailed}
 */
public record Expiry(Duration blockedTtl, Duration fallbackFailedTtl, InstantSource clock) {

  /** What is left of an entry by now: of a failed fallback, perhaps the block. */
  public Optional<CacheEntry> unexpired(CacheEntry entry) {
    return switch (entry) {
      case Stored _, Hosted _ -> Optional.of(entry);
      case Blocked(var story) when isWithin(blockedTtl, story.createdAt()) -> Optional.of(entry);
      case FallbackFailed(var story, _, _) when isWithin(fallbackFailedTtl, story.createdAt()) ->
          Optional.of(entry);
      case FallbackFailed(var story, var blockedAt, _)
          when blockedAt != null && isWithin(blockedTtl, blockedAt) ->
          Optional.of(new Blocked(story.at(blockedAt)));
      case Blocked _, FallbackFailed _ -> Optional.empty();
    };
  }

  private boolean isWithin(Duration ttl, Instant start) {
    return clock.instant().isBefore(start.plus(ttl));
  }

  /** When nothing is left of a note; empty if it stays for good. */
  public Optional<Instant> end(Note note) {
    return switch (note) {
      case Hosted _ -> Optional.empty();
      case Blocked(var story) -> Optional.of(story.createdAt().plus(blockedTtl));
      case FallbackFailed(var story, var blockedAt, _) -> {
        var failureEnd = story.createdAt().plus(fallbackFailedTtl);
        var blockEnd = blockedAt == null ? failureEnd : blockedAt.plus(blockedTtl);
        yield Optional.of(blockEnd.isAfter(failureEnd) ? blockEnd : failureEnd);
      }
    };
  }
}
