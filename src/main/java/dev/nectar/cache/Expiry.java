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
 * How long remembered failures are valid, from their creation. A clock that was set may have dated
 * them in the future: from there they would last too long, so they count from when that is seen.
 *
 * @param blockedTtl of a {@link Blocked}
 * @param fallbackFailedTtl of a {@link FallbackFailed}
 */
public record Expiry(Duration blockedTtl, Duration fallbackFailedTtl, InstantSource clock) {

  /** The entry, with none of its dates after now; what is kept is to be kept so. */
  public CacheEntry dated(CacheEntry entry) {
    return switch (entry) {
      case Stored(var story, var facts, var file) ->
          new Stored(story.notAfter(clock.instant()), facts, file);
      case Note note -> dated(note);
    };
  }

  /** As {@link #dated(CacheEntry)}. */
  public Note dated(Note note) {
    var now = clock.instant();
    return switch (note) {
      case Hosted(var story, var facts, var url) -> new Hosted(story.notAfter(now), facts, url);
      case Blocked(var story) -> new Blocked(story.notAfter(now));
      case FallbackFailed(var story, var blockedAt, var refused) ->
          new FallbackFailed(
              story.notAfter(now),
              blockedAt != null && blockedAt.isAfter(now) ? now : blockedAt,
              refused);
    };
  }

  /**
   * What is left of an entry by now: of a failed fallback, perhaps the block; nothing of what is
   * not {@link #dated} yet.
   */
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
    var now = clock.instant();
    return !now.isBefore(start) && now.isBefore(start.plus(ttl));
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
