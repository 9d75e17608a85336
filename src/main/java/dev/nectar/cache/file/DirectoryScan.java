package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.StagingArea;
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

  private final StagingArea area;
  private final EntryFiles files;
  private final KeyLocks locks;
  private final RecencyIndex index;
  private final Function<CacheKey, Optional<EntryReader.Sound>> load;
  private @Nullable Exception firstFault;

  /**
   * @param load reads an entry, and removes it if it is worthless
   */
  DirectoryScan(
      StagingArea area,
      EntryFiles files,
      KeyLocks locks,
      RecencyIndex index,
      Function<CacheKey, Optional<EntryReader.Sound>> load) {
    this.area = area;
    this.files = files;
    this.locks = locks;
    this.index = index;
    this.load = load;
  }

  /** Never fails: what can't be looked at is left as it is. */
  void run(BooleanSupplier stopped) {
    index.beginScan();
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
      if (area.isAbandoned(file)) {
        Files.deleteIfExists(file);
      } else {
        EntryFiles.keyOf(file, EntryFiles.META).ifPresent(this::learn);
        var imageOf = EntryFiles.keyOf(file, EntryFiles.DATA);
        if (imageOf.isPresent()) {
          removeOrphan(imageOf.get());
        }
      }
    } catch (IOException e) {
      fault(e);
    }
  }

  /** A note is read, since it may have expired; an image is not, until it is asked for. */
  private void learn(CacheKey key) {
    synchronized (locks.of(key)) {
      var meta = FileStamp.of(files.meta(key));
      var image = FileStamp.of(files.data(key));
      if (meta.isPresent() && image.isPresent()) {
        index.putFound(
            key,
            meta.get().size() + image.get().size(),
            image.get().modified().toInstant(),
            meta.get().modified().toInstant());
      } else {
        load.apply(key)
            .ifPresent(entry ->
                index.putFound(
                    key,
                    entry.bytes(),
                    entry.imageTime(),
                    entry.metaStamp().modified().toInstant()));
      }
    }
  }

  private void removeOrphan(CacheKey key) throws IOException {
    if (index.contains(key)) {
      return;
    }
    synchronized (locks.of(key)) {
      // not the same as !exists: a description that can't be seen may well be there
      if (Files.notExists(files.meta(key))) {
        files.remove(key);
      }
    }
  }

  private void fault(Exception fault) {
    if (firstFault == null) {
      firstFault = fault;
    }
  }
}
