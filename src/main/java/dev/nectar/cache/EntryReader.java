package dev.nectar.cache;

import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.FormatCheck;
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
   */
  record Damaged(String reason) implements Finding {}

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

    Sound with(CacheEntry other) {
      return new Sound(other, bytes, stamp, metaStamp);
    }
  }

  /**
   * @throws IOException if the files can't be read, which says nothing of what they hold
   */
  Finding read(CacheKey key) throws IOException {
    var metaFile = files.meta(key);
    var metaAttributes = attributes(metaFile);
    if (metaAttributes == null) {
      return new Absent();
    }
    if (!metaAttributes.isRegularFile() || metaAttributes.size() > EntryFiles.MAX_META_BYTES) {
      return new Damaged("the description is no file or a huge one");
    }
    var meta = EntryJson.read(Files.readAllBytes(metaFile)).orElse(null);
    if (meta == null) {
      return new Damaged("the description can't be understood");
    }
    var metaStamp = stamp(metaAttributes);
    var imageAttributes = attributes(files.data(key));
    if (imageAttributes != null) {
      return image(key, meta, metaStamp, imageAttributes);
    }
    return meta.note(metaStamp.modified().toInstant())
        .<Finding>map(note -> new Sound(note, metaStamp.size(), metaStamp, metaStamp))
        .orElseGet(() -> new Damaged("the image is missing"));
  }

  private Finding image(
      CacheKey key, EntryMeta meta, FileStamp metaStamp, BasicFileAttributes attributes)
      throws IOException {
    if (!attributes.isRegularFile() || attributes.size() == 0) {
      return new Damaged("the image is no file or an empty one");
    }
    var imageStamp = stamp(attributes);
    var size = meta.size();
    if (!meta.lacksChecksum() && (size == null || size != imageStamp.size())) {
      return new Damaged("the image has another size than described");
    }
    var file = files.data(key);
    var learned = learn(file);
    var format = learned.format();
    if (format == null) {
      return new Damaged("the image has no known format");
    }
    if (!meta.lacksChecksum()
        && !(learned.sha256().equals(meta.sha256())
            && format.mediaType().equals(meta.contentType()))) {
      return new Damaged("the image is not the one described");
    }
    var provenance = meta.imageProvenance(metaStamp.modified().toInstant());
    return new Sound(
        new Stored(provenance, format, imageStamp.size(), learned.sha256(), learned.pixels(), file),
        metaStamp.size() + imageStamp.size(),
        imageStamp,
        metaStamp);
  }

  /** The image that a key's description tells of, unchecked; empty if there is none. */
  Optional<CacheEntry> glance(CacheKey key) {
    try {
      var file = files.data(key);
      var stamp = FileStamp.of(file);
      var meta = EntryJson.read(Files.readAllBytes(files.meta(key)));
      if (stamp.isEmpty() || meta.isEmpty()) {
        return Optional.empty();
      }
      var told = ImageFormat.ofMediaType(meta.get().contentType());
      var format = told.isPresent() ? told : firstBytes(file);
      return format.map(known ->
          new Stored(
              meta.get().imageProvenance(stamp.get().modified().toInstant()),
              known,
              stamp.get().size(),
              Objects.requireNonNullElse(meta.get().sha256(), ""),
              meta.get().pixels(),
              file));
    } catch (IOException e) {
      return Optional.empty();
    }
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

  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static FileStamp stamp(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime());
  }
}
