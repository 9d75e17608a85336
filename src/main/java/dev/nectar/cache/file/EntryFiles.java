package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.StagedImage;
import dev.nectar.image.StagingArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the entries: {@code <key>.data}, an image, beside {@code <key>.meta.json}, which
 * comes last and leaves first. A note has the latter only. Callers hold the key's lock.
 */
final class EntryFiles {

  private static final Logger log = LoggerFactory.getLogger(EntryFiles.class);

  static final String DATA = ".data";
  static final String META = ".meta.json";
  static final int MAX_META_BYTES = 1 << 20;

  private final StagingArea area;
  private final Openings openings;

  EntryFiles(StagingArea area, Openings openings) {
    this.area = area;
    this.openings = openings;
  }

  Path data(CacheKey key) {
    return area.directory().resolve(key + DATA);
  }

  Path meta(CacheKey key) {
    return area.directory().resolve(key + META);
  }

  /** The key of a file that is named {@code <key><suffix>}. */
  static Optional<CacheKey> keyOf(Path file, String suffix) {
    var name = file.getFileName().toString();
    return name.endsWith(suffix)
        ? CacheKey.parse(name.substring(0, name.length() - suffix.length()))
        : Optional.empty();
  }

  /**
   * Puts an entry in the place of whatever was there. All bytes are on the disk first, under
   * temporary names; the old entry leaves before the new image comes, so that the two never pair.
   */
  void replace(CacheKey key, byte[] meta, @Nullable StagedImage image) throws IOException {
    if (meta.length > MAX_META_BYTES) {
      throw new IOException("the description of an entry is larger than a megabyte");
    }
    Files.createDirectories(area.directory());
    var pending = area.temporaryPath();
    try {
      if (image != null) {
        image.force();
      }
      write(pending, meta);
      openings.change(key, () -> rename(key, pending, image));
    } catch (IOException e) {
      removeRest(key, pending, e);
      throw e;
    }
    makeNamesDurable();
  }

  private void rename(CacheKey key, Path meta, @Nullable StagedImage image) throws IOException {
    Files.deleteIfExists(meta(key));
    if (image == null) {
      Files.deleteIfExists(data(key));
    } else {
      image.moveTo(data(key));
    }
    Files.move(meta, meta(key), StandardCopyOption.ATOMIC_MOVE);
  }

  /** An image without a description is of no use, and not counted. */
  private void removeRest(CacheKey key, Path pending, IOException fault) {
    try {
      Files.deleteIfExists(pending);
      if (Files.notExists(meta(key))) {
        Files.deleteIfExists(data(key));
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Where a file system can't do it, the entry is none the worse until the power fails. */
  void makeNamesDurable() {
    try (var directory = FileChannel.open(area.directory(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      log.debug("The cache directory can't be synchronized: {}", e.toString());
    }
  }

  /** Whether there was anything to remove. */
  boolean remove(CacheKey key) throws IOException {
    var existed = Files.exists(meta(key)) || Files.exists(data(key));
    openings.change(
        key,
        () -> {
          Files.deleteIfExists(meta(key));
          Files.deleteIfExists(data(key));
        });
    return existed;
  }

  /** Notes a use in the entry's time, for the next start; the image's own time must stay. */
  void touch(CacheKey key, Instant time) throws IOException {
    Files.setLastModifiedTime(meta(key), FileTime.from(time));
  }
}
