package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns once what is in the cache's directory, and clears away what a crash has left there. */
final class DirectoryScan {

  private static final Logger log = LoggerFactory.getLogger(DirectoryScan.class);

  private final EntryReader reader;
  private final KeyLocks locks;
  private final RecencyIndex index;
  private final OrphanImages orphans;
  private final Function<CacheKey, Optional<EntryReader.Sound>> load;
  private @Nullable Exception firstFault;

  /**
   * @param load reads an entry, and removes it if it is worthless
   */
  DirectoryScan(
      EntryReader reader,
      KeyLocks locks,
      RecencyIndex index,
      OrphanImages orphans,
      Function<CacheKey, Optional<EntryReader.Sound>> load) {
    this.reader = reader;
    this.locks = locks;
    this.index = index;
    this.orphans = orphans;
    this.load = load;
  }

  /** Never fails: what can't be looked at is left as it is. */
  void run(StagingArea area, BooleanSupplier stopped) {
    index.beginScan();
    try {
      area.sweep();
    } catch (IOException e) {
      fault(e);
    }
    try (var directory = Files.newDirectoryStream(area.directory())) {
      for (var file : directory) {
        if (stopped.getAsBoolean()) {
          break;
        }
        look(file);
      }
    } catch (NoSuchFileException e) {
      log.debug("There is no cache directory yet");
    } catch (IOException | DirectoryIteratorException e) {
      fault(e);
    }
    index.endScan();
    if (firstFault != null) {
      log.warn("The file cache could not be looked through entirely: {}", firstFault.toString());
    }
  }

  private void look(Path file) {
    try {
      var imageOf = EntryFiles.keyOfImage(file);
      imageOf
          .or(() -> EntryFiles.keyOfMeta(file))
          .filter(key -> !index.contains(key))
          .ifPresent(this::learn);
      if (imageOf.isPresent() && !index.names(imageOf.get(), file)) {
        orphans.removeUnnamed(imageOf.get(), file);
      }
    } catch (IOException e) {
      fault(e);
    }
  }

  /** A note is read, since it may have expired; an image is not, until it is asked for. */
  private void learn(CacheKey key) {
    synchronized (locks.of(key)) {
      reader.glance(key).or(() -> load.apply(key)).ifPresent(found -> index.putFound(key, found));
    }
  }

  private void fault(Exception fault) {
    if (firstFault == null) {
      firstFault = fault;
    }
  }
}
