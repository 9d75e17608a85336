package dev.nectar.cache.file;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.EntryJson;
import dev.nectar.cache.EntryMeta;
import dev.nectar.image.FormatCheck;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads entries from their files and believes nothing that it can check. */
final class EntryReader {

  private static final int BUFFER_BYTES = 1 << 16;

  private final EntryFiles files;

  EntryReader(EntryFiles files) {
    this.files = files;
  }

  /** What the files of a key are. */
  sealed interface Finding {}

  record Absent() implements Finding {}

  /**
   * @param reason fit for a log
   * @param image that it names; null if that can't be told
   */
  record Damaged(String reason, @Nullable Path image) implements Finding {}

  /**
   * @param bytes that the entry's files take together
   * @param stamp of the image or, where there is none, of the note
   * @param metaStamp of the note or the image's description
   */
  record Sound(CacheEntry entry, long bytes, FileStamp stamp, FileStamp metaStamp)
      implements Finding {

    /** When the image was written; null if there is none. */
    @Nullable Instant imageTime() {
      return entry instanceof Stored ? stamp.modified().toInstant() : null;
    }

    /** Null if there is none. */
    @Nullable Path image() {
      return entry instanceof Stored stored ? stored.file() : null;
    }

    Sound with(CacheEntry other) {
      return new Sound(other, bytes, stamp, metaStamp);
    }
  }

  /**
   * Reads and checks all that there is.
   *
   * @throws IOException if the files can't be read, which says nothing of what they hold
   */
  Finding read(CacheKey key) throws IOException {
    var metaFile = files.meta(key);
    var attributes = FileStamp.attributes(metaFile);
    if (attributes == null) {
      return new Absent();
    }
    if (!attributes.isRegularFile() || attributes.size() > EntryFiles.MAX_META_BYTES) {
      return new Damaged("the description is no file or a huge one", null);
    }
    var meta = EntryJson.read(Files.readAllBytes(metaFile)).orElse(null);
    if (meta == null) {
      return new Damaged("the description can't be understood", null);
    }
    var metaStamp = FileStamp.of(attributes);
    var file = image(key, meta);
    var imageAttributes = file.isPresent() ? FileStamp.attributes(file.get()) : null;
    if (imageAttributes != null) {
      return checked(file.get(), meta, metaStamp, imageAttributes);
    }
    return meta.note(metaStamp.modified().toInstant())
        .<Finding>map(note -> new Sound(note, metaStamp.size(), metaStamp, metaStamp))
        .orElseGet(() -> new Damaged("the image is missing", null));
  }

  /** What this description names; an original one beside an image means that. */
  private Optional<Path> image(CacheKey key, EntryMeta meta) {
    return meta.lacksImage() ? Optional.empty() : files.image(key, meta.file());
  }

  /**
   * Whether the key's description names this image, or may do so since it can't be understood.
   *
   * @throws IOException if that can't be read
   */
  boolean names(CacheKey key, Path image) throws IOException {
    try {
      return EntryJson.read(Files.readAllBytes(files.meta(key)))
          .map(meta -> image(key, meta).filter(image::equals).isPresent())
          .orElse(true);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Finding checked(
      Path file, EntryMeta meta, FileStamp metaStamp, BasicFileAttributes attributes)
      throws IOException {
    if (!attributes.isRegularFile() || attributes.size() == 0) {
      return new Damaged("the image is no file or an empty one", file);
    }
    var imageStamp = FileStamp.of(attributes);
    var size = meta.size();
    if (!meta.lacksChecksum() && (size == null || size != imageStamp.size())) {
      return new Damaged("the image has another size than described", file);
    }
    var learned = learn(file);
    var format = learned.format();
    if (format == null) {
      return new Damaged("the image has no known format", file);
    }
    if (!meta.lacksChecksum()
        && !(learned.sha256().equals(meta.sha256())
            && format.mediaType().equals(meta.contentType()))) {
      return new Damaged("the image is not the one described", file);
    }
    var provenance = meta.imageProvenance(metaStamp.modified().toInstant());
    return new Sound(
        new Stored(
            provenance,
            new ImageFacts(format, imageStamp.size(), learned.sha256(), learned.pixels()),
            file),
        metaStamp.size() + imageStamp.size(),
        imageStamp,
        metaStamp);
  }

  /** The image that a key's description tells of, unchecked; empty if there is none. */
  Optional<Sound> glance(CacheKey key) {
    try {
      var metaStamp = FileStamp.of(files.meta(key));
      if (metaStamp.isEmpty()) {
        return Optional.empty();
      }
      var meta = EntryJson.read(Files.readAllBytes(files.meta(key)));
      var file = meta.flatMap(told -> image(key, told));
      var stamp = file.flatMap(FileStamp::of);
      if (stamp.isEmpty()) {
        return Optional.empty();
      }
      return glance(meta.get(), metaStamp.get(), file.get(), stamp.get());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Sound> glance(
      EntryMeta meta, FileStamp metaStamp, Path file, FileStamp stamp) throws IOException {
    var told = ImageFormat.ofMediaType(meta.contentType());
    var format = told.isPresent() ? told : firstBytes(file);
    return format.map(known ->
        new Sound(
            new Stored(
                meta.imageProvenance(stamp.modified().toInstant()),
                new ImageFacts(
                    known,
                    stamp.size(),
                    Objects.requireNonNullElse(meta.sha256(), ""),
                    meta.pixels()),
                file),
            metaStamp.size() + stamp.size(),
            stamp,
            metaStamp));
  }

  private static Optional<ImageFormat> firstBytes(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return ImageFormat.of(in.readNBytes(ImageFormat.HEAD_LENGTH));
    }
  }

  private record Learned(@Nullable ImageFormat format, @Nullable ImageSize pixels, String sha256) {}

  private static Learned learn(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var sha256 = Sha256.newDigest();
      var check = new FormatCheck();
      var buffer = new byte[BUFFER_BYTES];
      for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        check.pass(buffer, 0, length);
        sha256.update(buffer, 0, length);
      }
      return new Learned(check.format(), pixels(check), HexFormat.of().formatHex(sha256.digest()));
    } catch (NotAnImageException e) {
      return new Learned(null, null, "");
    }
  }

  /** The original kept images that tell none, and they are served all the same. */
  private static @Nullable ImageSize pixels(FormatCheck check) {
    try {
      return check.traits().size();
    } catch (NotAnImageException e) {
      return null;
    }
  }
}
