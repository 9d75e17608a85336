package dev.nectar.cache.file;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.EntryJson;
import dev.nectar.cache.EntryListing;
import dev.nectar.cache.EntryPage;
import dev.nectar.cache.EntryQuery;
import dev.nectar.cache.Expiry;
import dev.nectar.cache.ImageStore;
import dev.nectar.cache.Position;
import dev.nectar.cache.Provenance;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.observe.Waiting;
import dev.nectar.settings.HeapShare;
import dev.nectar.storage.WarningLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries as files in one directory, bounded in bytes: the least recently used leave first. It
 * serves at once; what the directory holds is learned in the background after {@link #start}.
 */
public final class FileCacheStore implements ImageStore, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FileCacheStore.class);

  /** So many descriptions are held in memory, fewer if they are longer than a kilobyte. */
  private static final long MAX_IN_MEMORY =
      Math.min(50_000, HeapShare.DESCRIPTIONS.bytes() / 2_048);

  private static final int MAX_NOTES = 50_000;

  private static final int USUAL_META_BYTES = 1_024;

  /** Long after whoever has just found an image has opened it. */
  private static final Duration RETIREMENT = Duration.ofSeconds(10);

  private final long maxBytes;
  private final Expiry expiry;
  private final StagingArea area;
  private final Runnable evicted;
  private final RetiredFiles retired;
  private final EntryFiles files;
  private final EntryReader reader;
  private final OrphanImages orphans;
  private final EntryLoader loader;
  private final KeyLocks locks = new KeyLocks();
  private final WarningLimit warnings;
  private final RecencyIndex index;
  private final DirectoryScan scan;
  private final Cache<CacheKey, EntryReader.Sound> memory =
      Caffeine.newBuilder()
          // What is left to other threads wakes one at every few hits.
          .executor(Runnable::run)
          .maximumWeight(MAX_IN_MEMORY)
          .weigher((CacheKey key, EntryReader.Sound entry) ->
              1 + (int) entry.metaStamp().size() / USUAL_META_BYTES)
          .build();
  private volatile boolean closed;

  /**
   * A store that has not looked at its directory yet.
   *
   * @param area in the directory that keeps the entries
   * @param maxBytes that all files may take together
   * @param evicted is told of each entry that had to leave
   */
  public FileCacheStore(
      StagingArea area, long maxBytes, Expiry expiry, RandomGenerator random, Runnable evicted) {
    this(area, maxBytes, expiry, random, evicted, RETIREMENT);
  }

  FileCacheStore(
      StagingArea area,
      long maxBytes,
      Expiry expiry,
      RandomGenerator random,
      Runnable evicted,
      Duration retirement) {
    this.evicted = evicted;
    this.area = area;
    this.maxBytes = maxBytes;
    this.expiry = expiry;
    this.retired = new RetiredFiles(retirement);
    this.files = new EntryFiles(area, retired, random);
    this.reader = new EntryReader(files);
    this.warnings = new WarningLimit();
    this.orphans = new OrphanImages(area, reader, locks, retired);
    this.loader = new EntryLoader(files, reader, orphans, expiry, warnings);
    this.index = new RecencyIndex(maxBytes, MAX_NOTES, expiry.clock());
    this.scan = new DirectoryScan(reader, locks, index, orphans, loader::load);
  }

  /**
   * Starts to look through the directory; the thread ends when that is done. A platform thread: on
   * a single core a virtual one, which hardly ever blocks, would hold up all the others.
   */
  @Override
  public Thread start() {
    files.probeWriting();
    return Thread.ofPlatform()
        .daemon()
        .name("cache-scan")
        .start(() -> {
          scan.run(area, () -> closed);
          evict(null);
        });
  }

  /** Ends the looking through, and unlinks what is still to be unlinked. */
  @Override
  public void close() {
    closed = true;
    orphans.close();
    retired.close();
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
    Waiting.begin();
    synchronized (locks.of(key)) {
      var known = memory.getIfPresent(key);
      if (known != null && isCurrent(key, known)) {
        return known;
      }
      var loaded = loader.load(key).orElse(null);
      if (loaded == null) {
        forget(key);
      } else {
        memory.put(key, loaded);
        index.put(key, loaded, loaded.metaStamp().modified().toInstant());
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

  private void use(CacheKey key, CacheEntry entry) {
    var now = expiry.clock().instant();
    if (index.use(key, now) && entry instanceof Stored) {
      Waiting.aside(() -> files.touch(key, now));
    }
  }

  @Override
  public Stored keep(CacheKey key, Provenance provenance, StagedImage image) throws IOException {
    var file = files.newImage(key);
    var entry = new Stored(provenance, image.facts(), file);
    replace(key, entry, image, file);
    return entry;
  }

  @Override
  public void keep(CacheKey key, Note note) throws IOException {
    replace(key, expiry.dated(note), null, null);
  }

  private void replace(
      CacheKey key, CacheEntry entry, @Nullable StagedImage image, @Nullable Path file)
      throws IOException {
    var meta = EntryJson.write(entry);
    var bytes = meta.length + (image == null ? 0 : image.size());
    if (bytes > maxBytes) {
      throw new IOException(
          "an entry of %,d bytes is larger than the whole cache (%,d bytes)"
              .formatted(bytes, maxBytes));
    }
    synchronized (locks.of(key)) {
      files.replace(key, meta, image, file, image(key));
      var metaStamp = FileStamp.of(files.meta(key));
      var stamp = file == null ? metaStamp : FileStamp.of(file);
      if (metaStamp.isEmpty() || stamp.isEmpty()) {
        forget(key);
        throw new IOException("the entry was removed as soon as it was written");
      }
      var sound = new EntryReader.Sound(entry, bytes, stamp.get(), metaStamp.get());
      memory.put(key, sound);
      index.put(key, sound, expiry.clock().instant());
    }
    evict(key);
  }

  /** The image that the key has by now; null if it has none. The caller holds the key's lock. */
  private @Nullable Path image(CacheKey key) {
    var known = memory.getIfPresent(key);
    return known == null
        ? reader.glance(key).map(EntryReader.Sound::image).orElse(null)
        : known.image();
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
            files.remove(key, image(key));
            memory.invalidate(key);
            evicted.run();
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
  public boolean delete(CacheKey key) throws IOException {
    synchronized (locks.of(key)) {
      var image = image(key);
      forget(key);
      var removed = files.remove(key, image);
      files.makeNamesDurable();
      return removed;
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
      return (known == null ? reader.glance(position.key()) : Optional.of(known))
          .map(sound -> expiry.dated(sound.entry()));
    }
  }

  @Override
  public CacheStatus status() {
    return index.status(files.areReadable(), files.areWritable());
  }

  @Override
  public void probe() {
    files.probe();
  }
}
