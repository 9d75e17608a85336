package dev.nectar.cache.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one stat tells of a file: another stamp, another content. */
record FileStamp(long size, FileTime modified) {

  /** Empty if there is no such file, or it is none to read. */
  static Optional<FileStamp> of(Path file) {
    try {
      var attributes = attributes(file);
      return attributes != null && attributes.isRegularFile()
          ? Optional.of(of(attributes))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime());
  }

  /** Null if there is no such file, or not even its directory. */
  static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      var provider = file.getFileSystem().provider();
      return provider.readAttributesIfExists(file, BasicFileAttributes.class);
    } catch (FileSystemException e) {
      if (Files.isDirectory(file.resolveSibling(""))) {
        throw e;
      }
      return null;
    }
  }
}
