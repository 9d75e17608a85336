package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries there are, what they weigh, and in which order they were used and made. The order
 * of what a scan finds is unknown until {@link #endScan}; nothing is surplus before.
 */
final class RecencyIndex {

  /** How often a use is worth noting on the disk. */
  private static final Duration NOTING = Duration.ofMinutes(10);

  private static final int BATCH = 1_000;

  private static final class Weight {
    private final long bytes;
    private final @Nullable Position position;

    /** Its file's, hashed. */
    private final int imageName;

    private long notedMillis;
    private boolean placed;

    Weight(CacheKey key, EntryReader.Sound entry, Instant now, Instant noted, boolean placed) {
      var imageTime = entry.imageTime();
      this.bytes = entry.bytes();
      this.position =
          imageTime == null ? null : Position.of(imageTime.isAfter(now) ? now : imageTime, key);
      this.imageName = Objects.hashCode(entry.image());
      this.notedMillis = noted.toEpochMilli();
      this.placed = placed;
    }
  }

  private record Found(CacheKey key, Weight weight, long notedMillis) {}

  private final long maxBytes;
  private final int maxNotes;
  private final InstantSource clock;
  private final LinkedHashMap<CacheKey, Weight> weights = new LinkedHashMap<>(16, 0.75f, true);
  private final ConcurrentSkipListSet<Position> images = new ConcurrentSkipListSet<>();
  private final LinkedHashSet<CacheKey> notes = new LinkedHashSet<>();
  private long bytes;
  private boolean scanning;

  /**
   * @param maxBytes that all entries may weigh together
   * @param maxNotes how many may have no image: they weigh next to nothing on a disk, but not here
   * @param clock an image that claims to be younger is listed as if made now
   */
  RecencyIndex(long maxBytes, int maxNotes, InstantSource clock) {
    this.maxBytes = maxBytes;
    this.maxNotes = maxNotes;
    this.clock = clock;
  }

  /** An entry that is used now, new or replaced. */
  synchronized void put(CacheKey key, EntryReader.Sound entry, Instant noted) {
    var added = new Weight(key, entry, clock.instant(), noted, true);
    forget(key, weights.put(key, added));
    count(key, added);
  }

  /** An entry that was used when its description was last touched, unless it is known already. */
  synchronized void putFound(CacheKey key, EntryReader.Sound entry) {
    if (!weights.containsKey(key)) {
      var added =
          new Weight(key, entry, clock.instant(), entry.metaStamp().modified().toInstant(), false);
      weights.putFirst(key, added);
      count(key, added);
    }
  }

  private void count(CacheKey key, Weight added) {
    bytes += added.bytes;
    if (added.position == null) {
      notes.add(key);
    } else {
      images.add(added.position);
    }
  }

  /** Images made before that one, newest first; what comes and goes meanwhile may be missing. */
  Stream<Position> images(@Nullable Position after) {
    return (after == null ? images : images.tailSet(after, false)).stream();
  }

  /** Notes a use in memory; whether it is time to note it on the disk. */
  synchronized boolean use(CacheKey key, Instant now) {
    var weight = weights.get(key);
    if (weight == null) {
      return false;
    }
    weight.placed = true;
    var millis = now.toEpochMilli();
    if (Math.abs(millis - weight.notedMillis) < NOTING.toMillis()) {
      return false;
    }
    weight.notedMillis = millis;
    return true;
  }

  /** Whether it was there. */
  synchronized boolean remove(CacheKey key) {
    return forget(key, weights.remove(key));
  }

  synchronized boolean contains(CacheKey key) {
    return weights.containsKey(key);
  }

  /** Whether the key's entry has this image. */
  synchronized boolean names(CacheKey key, Path image) {
    var weight = weights.get(key);
    return weight != null && weight.imageName == image.hashCode();
  }

  /**
   * Takes out the oldest note or the entry that was not used for longest, if there is more than
   * there may be.
   */
  synchronized Optional<CacheKey> takeSurplus(@Nullable CacheKey spared) {
    if (scanning || (bytes <= maxBytes && notes.size() <= maxNotes)) {
      return Optional.empty();
    }
    var candidates = notes.size() > maxNotes ? notes : weights.sequencedKeySet();
    var surplus = candidates.stream().filter(key -> !key.equals(spared)).findFirst();
    surplus.ifPresent(this::remove);
    return surplus;
  }

  synchronized CacheStatus status(boolean readable, boolean writable) {
    return new CacheStatus("filesystem", (long) weights.size(), bytes, readable, writable);
  }

  synchronized void beginScan() {
    scanning = true;
  }

  /** Places what was found, and not used since, by the time that was noted. */
  void endScan() {
    var newestFirst = unplaced();
    newestFirst.sort(Comparator.comparingLong(Found::notedMillis).reversed());
    for (var from = 0; from < newestFirst.size(); from += BATCH) {
      place(newestFirst.subList(from, Math.min(from + BATCH, newestFirst.size())));
    }
    synchronized (this) {
      orderNotes();
      scanning = false;
    }
  }

  private void orderNotes() {
    notes.clear();
    weights.forEach((key, weight) -> {
      if (weight.position == null) {
        notes.add(key);
      }
    });
  }

  private synchronized List<Found> unplaced() {
    var found = new ArrayList<Found>();
    weights.forEach((key, weight) -> {
      if (!weight.placed) {
        found.add(new Found(key, weight, weight.notedMillis));
      }
    });
    return found;
  }

  private synchronized void place(List<Found> batch) {
    for (var found : batch) {
      if (!found.weight.placed) {
        found.weight.placed = true;
        weights.putFirst(found.key, found.weight);
      }
    }
  }

  private boolean forget(CacheKey key, @Nullable Weight gone) {
    if (gone == null) {
      return false;
    }
    gone.placed = true;
    bytes -= gone.bytes;
    if (gone.position == null) {
      notes.remove(key);
    } else {
      images.remove(gone.position);
    }
    return true;
  }
}
