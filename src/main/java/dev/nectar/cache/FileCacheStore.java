package dev.nectar.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.StagedImage;
import dev.nectar.image.StagingArea;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries as files in one directory, bounded in bytes: the least recently used leave first. It
 * serves at once; what the directory holds is learned in the background after {@link #start}.
 */
public final class FileCacheStore implements CacheStore, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FileCacheStore.class);

  /** So many descriptions are held in memory, fewer if they are longer than a kilobyte. */
  private static final int MAX_IN_MEMORY = 50_000;

  private static final int MAX_NOTES = 50_000;

  private static final int USUAL_META_BYTES = 1_024;

  private final long maxBytes;
  private final Expiry expiry;
  private final EntryFiles files;
  private final EntryReader reader;
  private final KeyLocks locks = new KeyLocks();
  private final Openings openings = new Openings(Openings.PATIENCE);
  private final WarningLimit warnings;
  private final RecencyIndex index;
  private final DirectoryScan scan;
  private final Cache<CacheKey, EntryReader.Sound> memory =
      Caffeine.newBuilder()
          .maximumWeight(MAX_IN_MEMORY)
          .weigher((CacheKey key, EntryReader.Sound entry) ->
              1 + (int) entry.metaStamp().size() / USUAL_META_BYTES)
          .build();
  private volatile boolean closed;

  /**
   * @param area in the directory that keeps the entries
   * @param maxBytes that all files may take together
   */
  FileCacheStore(StagingArea area, long maxBytes, Expiry expiry) {
    this.maxBytes = maxBytes;
    this.expiry = expiry;
    this.files = new EntryFiles(area, openings);
    this.reader = new EntryReader(files);
    this.warnings = new WarningLimit();
    this.index = new RecencyIndex(maxBytes, MAX_NOTES, expiry.clock());
    this.scan = new DirectoryScan(area, files, locks, index, this::load);
  }

  /** Starts to look through the directory; the thread ends when that is done. */
  public Thread start() {
    return Thread.ofVirtual()
        .name("cache-scan")
        .start(() -> {
          scan.run(() -> closed);
          evict(null);
        });
  }

  /** Ends the looking through. The store itself needs no closing. */
  @Override
  public void close() {
    closed = true;
  }

  @Override
  public Optional<CacheEntry> find(CacheKey key) {
    var known = memory.getIfPresent(key);
    if (known == null || !isCurrent(key, known)) {
      known = findOnDisk(key);
    }
    if (known == null) {
      return Optional.empty();
    }
    use(key, known.entry());
    return Optional.of(known.entry());
  }

  private EntryReader.@Nullable Sound findOnDisk(CacheKey key) {
    synchronized (locks.of(key)) {
      var known = memory.getIfPresent(key);
      if (known != null && isCurrent(key, known)) {
        return known;
      }
      var loaded = load(key).orElse(null);
      if (loaded == null) {
        forget(key);
      } else {
        memory.put(key, loaded);
        index.put(
            key, loaded.bytes(), loaded.imageTime(), loaded.metaStamp().modified().toInstant());
      }
      return loaded;
    }
  }

  /** One stat. */
  private boolean isCurrent(CacheKey key, EntryReader.Sound known) {
    var file = known.entry() instanceof Stored stored ? stored.file() : files.meta(key);
    return isValid(known.entry()) && FileStamp.of(file).filter(known.stamp()::equals).isPresent();
  }

  private boolean isValid(CacheEntry entry) {
    return expiry.unexpired(entry).filter(entry::equals).isPresent();
  }

  /** Reads an entry, and removes it if it is worthless. The caller holds the key's lock. */
  private Optional<EntryReader.Sound> load(CacheKey key) {
    try {
      return switch (reader.read(key)) {
        case EntryReader.Absent absent -> Optional.empty();
        case EntryReader.Damaged(var reason) -> {
          files.remove(key);
          log.warn("Removed the damaged cache entry {}: {}", key, reason);
          yield Optional.empty();
        }
        case EntryReader.Sound sound -> {
          var dated = expiry.dated(sound.entry());
          if (dated instanceof Note && !dated.equals(sound.entry())) {
            files.replace(key, EntryJson.write(dated), null);
            yield load(key);
          }
          var valid = expiry.unexpired(dated);
          if (valid.isEmpty()) {
            files.remove(key);
          }
          yield valid.map(sound::with);
        }
      };
    } catch (IOException e) {
      if (warnings.permits(e)) {
        log.warn("The cache entry {} can't be read or removed: {}", key, e.toString());
      }
      return Optional.empty();
    }
  }

  /**
   * Sees to it that an entry's name stands for its image until the result is run, which is to be as
   * soon as the file is open. Empty if the image has been deleted or replaced already.
   */
  public Optional<Runnable> hold(Stored entry) {
    var key = EntryFiles.keyOf(entry.file(), EntryFiles.DATA).orElseThrow();
    var hold = openings.begin(key);
    if (isSame(memory.getIfPresent(key), entry)) {
      return Optional.of(hold);
    }
    hold.run();
    synchronized (locks.of(key)) {
      return isSame(findOnDisk(key), entry) ? Optional.of(openings.begin(key)) : Optional.empty();
    }
  }

  private static boolean isSame(EntryReader.@Nullable Sound known, Stored entry) {
    return known != null && known.entry().equals(entry);
  }

  private void use(CacheKey key, CacheEntry entry) {
    var now = expiry.clock().instant();
    if (index.use(key, now) && entry instanceof Stored) {
      try {
        files.touch(key, now);
      } catch (IOException e) {
        log.debug("The use of cache entry {} can't be noted: {}", key, e.toString());
      }
    }
  }

  /**
   * Keeps an image in the place of whatever the key had. It can still be read until it is closed.
   *
   * @throws IOException if the store can't be written; the image can be read all the same
   */
  public Stored keep(CacheKey key, Provenance provenance, StagedImage image) throws IOException {
    var entry =
        new Stored(provenance, image.format(), image.size(), image.sha256(), files.data(key));
    replace(key, entry, image);
    return entry;
  }

  @Override
  public void keep(CacheKey key, Note note) throws IOException {
    replace(key, expiry.dated(note), null);
  }

  private void replace(CacheKey key, CacheEntry entry, @Nullable StagedImage image)
      throws IOException {
    var meta = EntryJson.write(entry);
    var bytes = meta.length + (image == null ? 0 : image.size());
    if (bytes > maxBytes) {
      throw new IOException(
          "an entry of %,d bytes is larger than the whole cache (%,d bytes)"
              .formatted(bytes, maxBytes));
    }
    synchronized (locks.of(key)) {
      forget(key);
      try {
        files.replace(key, meta, image);
      } catch (IOException e) {
        findOnDisk(key);
        throw e;
      }
      var metaStamp = FileStamp.of(files.meta(key));
      var stamp = image == null ? metaStamp : FileStamp.of(files.data(key));
      if (metaStamp.isEmpty() || stamp.isEmpty()) {
        throw new IOException("the entry was removed as soon as it was written");
      }
      var sound = new EntryReader.Sound(entry, bytes, stamp.get(), metaStamp.get());
      memory.put(key, sound);
      index.put(key, bytes, sound.imageTime(), expiry.clock().instant());
    }
    evict(key);
  }

  /** A victim that came back before its files were removed may stay. */
  private void evict(@Nullable CacheKey spared) {
    try {
      for (var victim = index.takeSurplus(spared);
          victim.isPresent();
          victim = index.takeSurplus(spared)) {
        var key = victim.get();
        synchronized (locks.of(key)) {
          if (!index.contains(key)) {
            memory.invalidate(key);
            files.remove(key);
          }
        }
      }
    } catch (IOException e) {
      if (warnings.permits(e)) {
        log.warn("The file cache can't make room: {}", e.toString());
      }
    }
  }

  @Override
  public boolean delete(CacheKey key) {
    synchronized (locks.of(key)) {
      forget(key);
      try {
        var removed = files.remove(key);
        files.makeNamesDurable();
        return removed;
      } catch (IOException e) {
        if (warnings.permits(e)) {
          log.warn("The cache entry {} can't be deleted: {}", key, e.toString());
        }
        return false;
      }
    }
  }

  private void forget(CacheKey key) {
    memory.invalidate(key);
    index.remove(key);
  }

  @Override
  public EntryPage list(EntryQuery query) {
    return EntryListing.page(query, index.images(query.after()).map(Image::new).iterator());
  }

  private final class Image implements EntryListing.Row {
    private final Position position;

    Image(Position position) {
      this.position = position;
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public Optional<CacheEntry> load() {
      var known = memory.getIfPresent(position.key());
      var entry = known == null ? reader.glance(position.key()) : Optional.of(known.entry());
      return entry.map(expiry::dated);
    }
  }

  @Override
  public CacheStatus status() {
    return index.status();
  }
}
