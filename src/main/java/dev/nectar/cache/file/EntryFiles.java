package dev.nectar.cache.file;

import dev.nectar.cache.CacheKey;
import dev.nectar.image.staging.PrivateFiles;
import dev.nectar.image.staging.StagedImage;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the entries: {@code <key>.meta.json}, the description, and the image that it names,
 * {@code <key>-<n>.data}, whose content never changes; what was written before has {@code
 * <key>.data} and does not name it. A note has a description only. Callers hold the key's lock.
 */
final class EntryFiles {

  private static final Logger log = LoggerFactory.getLogger(EntryFiles.class);

  static final String META = ".meta.json";
  static final int MAX_META_BYTES = 1 << 20;

  private static final String DATA = ".data";
  private static final Pattern IMAGE =
      Pattern.compile("(?<key>[0-9a-f]{64})(-[A-Za-z0-9._-]{1,64})?\\" + DATA);

  private final StagingArea area;
  private final RetiredFiles retired;
  private final RandomGenerator random;
  private volatile boolean readable = true;
  private volatile boolean writable = true;

  /**
   * @param retired takes the images that no description names any longer
   * @param random tells apart the images of one key
   */
  EntryFiles(StagingArea area, RetiredFiles retired, RandomGenerator random) {
    this.area = area;
    this.retired = retired;
    this.random = random;
  }

  /** Whether the last write succeeded. */
  boolean areWritable() {
    return writable;
  }

  /** Whether the directory could be read when it was last looked at. */
  boolean areReadable() {
    return readable;
  }

  private void probeReading() {
    var directory = area.directory();
    readable =
        Files.isDirectory(directory)
            && Files.isReadable(directory)
            && Files.isExecutable(directory);
  }

  /** Finds out whether entries can be read; a directory that is gone is made anew. */
  void probe() {
    try {
      PrivateFiles.createDirectories(area.directory());
    } catch (IOException e) {
      log.debug("CACHE_DIR {} can't be made: {}", area.directory(), e.toString());
    }
    probeReading();
  }

  /** Finds out, ahead of the first write, whether it will succeed. */
  void probeWriting() {
    try {
      area.probe();
    } catch (IOException e) {
      unwritable();
      log.warn(
          "CACHE_DIR {} can't be written, so images are made anew until it can: {}",
          area.directory(),
          e.toString());
    }
  }

  Path meta(CacheKey key) {
    return area.directory().resolve(key + META);
  }

  /** A name for an image that is yet to come. */
  Path newImage(CacheKey key) {
    return area.directory()
        .resolve(key + "-" + HexFormat.of().toHexDigits(random.nextInt()) + DATA);
  }

  /**
   * The image that a description names.
   *
   * @param name null: the description names none
   * @return empty if the name is none that an image of this key can have
   */
  Optional<Path> image(CacheKey key, @Nullable String name) {
    var told = name == null ? key + DATA : name;
    return keyOfImage(told).filter(key::equals).map(_ -> area.directory().resolve(told));
  }

  /** The key of a description; empty if the file is none. */
  static Optional<CacheKey> keyOfMeta(Path file) {
    var name = file.getFileName().toString();
    return name.endsWith(META)
        ? CacheKey.parse(name.substring(0, name.length() - META.length()))
        : Optional.empty();
  }

  /** The key of an image; empty if the file is none. */
  static Optional<CacheKey> keyOfImage(Path file) {
    return keyOfImage(file.getFileName().toString());
  }

  private static Optional<CacheKey> keyOfImage(String file) {
    if (!file.endsWith(DATA)) {
      return Optional.empty();
    }
    var name = IMAGE.matcher(file);
    return name.matches() ? CacheKey.parse(name.group("key")) : Optional.empty();
  }

  /**
   * Puts an entry in the place of whatever was there. All bytes are on the disk first, those of
   * both files brought there side by side, then the image has its name, and the description comes
   * last.
   *
   * @param image null for a note
   * @param file the image's name
   * @param before the image of the entry that was there; null if it had none
   */
  void replace(
      CacheKey key,
      byte[] meta,
      @Nullable StagedImage image,
      @Nullable Path file,
      @Nullable Path before)
      throws IOException {
    if (meta.length > MAX_META_BYTES) {
      throw new IOException("the description of an entry is larger than a megabyte");
    }
    var pending = area.temporaryPath();
    try {
      if (image != null) {
        image.beginForce();
      }
      write(pending, meta);
      if (image != null && file != null) {
        image.force();
        image.moveTo(file);
      }
      Files.move(pending, meta(key), StandardCopyOption.ATOMIC_MOVE);
      writable = true;
      readable = true;
    } catch (IOException e) {
      unwritable();
      removeRest(pending, file, e);
      throw e;
    }
    makeNamesDurable();
    if (before != null) {
      retired.add(before);
    }
  }

  private void unwritable() {
    writable = false;
    probeReading();
  }

  private static void removeRest(Path pending, @Nullable Path file, IOException fault) {
    try {
      Files.deleteIfExists(pending);
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (var channel = area.create(file)) {
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

  /**
   * Removes the description; the image goes a little later.
   *
   * @param image null if there is none
   * @return whether there was anything to remove
   */
  boolean remove(CacheKey key, @Nullable Path image) throws IOException {
    var existed = Files.isDirectory(area.directory()) && Files.deleteIfExists(meta(key));
    if (image != null && Files.exists(image)) {
      existed = true;
      retired.add(image);
    }
    return existed;
  }

  /** Notes a use in the entry's time, for the next start; the image's own time must stay. */
  void touch(CacheKey key, Instant time) {
    try {
      Files.setLastModifiedTime(meta(key), FileTime.from(time));
    } catch (IOException e) {
      log.debug("The use of cache entry {} can't be noted: {}", key, e.toString());
    }
  }
}
