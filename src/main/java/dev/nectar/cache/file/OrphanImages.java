package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images whose descriptions did not tell their names. To find them, the whole directory is looked
 * through, once for all that have come together: with many files it takes seconds.
 */
final class OrphanImages implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OrphanImages.class);

  private final StagingArea area;
  private final EntryReader reader;
  private final KeyLocks locks;
  private final RetiredFiles retired;
  private Set<CacheKey> keys = new HashSet<>();

  OrphanImages(StagingArea area, EntryReader reader, KeyLocks locks, RetiredFiles retired) {
    this.area = area;
    this.reader = reader;
    this.locks = locks;
    this.retired = retired;
  }

  /** Has those of a key looked for a little later; the caller may hold the key's lock. */
  synchronized void add(CacheKey key) {
    keys.add(key);
    if (keys.size() == 1) {
      var _ = retired.later(this::sweep);
    }
  }

  private synchronized Set<CacheKey> take() {
    var taken = keys;
    keys = new HashSet<>();
    return taken;
  }

  private void sweep() {
    var orphaned = take();
    if (orphaned.isEmpty()) {
      return;
    }
    try (var all = Files.newDirectoryStream(area.directory())) {
      for (var file : all) {
        var key = EntryFiles.keyOfImage(file).filter(orphaned::contains);
        if (key.isPresent()) {
          removeUnnamed(key.get(), file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("Images that belong to nothing may be left until the next start: {}", e.toString());
    }
  }

  /**
   * Removes an image that the key's description does not name.
   *
   * @throws IOException if what it names can't be read
   */
  void removeUnnamed(CacheKey key, Path image) throws IOException {
    synchronized (locks.of(key)) {
      if (!reader.names(key, image)) {
        retired.add(image);
      }
    }
  }

  /** Looks at once. */
  @Override
  public void close() {
    sweep();
  }
}
