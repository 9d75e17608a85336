package dev.nectar.image.staging;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files and directories that no other user of the machine can read, from their first moment on. On
 * file systems without POSIX permissions they are as any other.
 */
public final class PrivateFiles {

  private static final String DIRECTORY = "rwx------";
  private static final String FILE = "rw-------";

  private static final Set<PosixFilePermission> FOR_OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

  private PrivateFiles() {}

  /** Makes this directory and those above it that are missing; leaves those that are there. */
  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, attributes(directory, DIRECTORY));
  }

  /** Makes an empty file, and the directories above it, where they are missing. */
  public static void createIfMissing(Path file) throws IOException {
    var directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      createDirectories(directory);
    }
    try {
      Files.createFile(file, attributes(file, FILE));
    } catch (FileAlreadyExistsException e) {
      // as it should be
    }
  }

  /**
   * Makes a file and opens it.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  public static FileChannel create(Path file, StandardOpenOption... access) throws IOException {
    var options =
        Stream.concat(Stream.of(StandardOpenOption.CREATE_NEW), Stream.of(access))
            .collect(Collectors.<OpenOption>toUnmodifiableSet());
    return FileChannel.open(file, options, attributes(file, FILE));
  }

  /** Whether every user of the machine can read the file, or reach what is in the directory. */
  public static boolean isOpenToOthers(Path path) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && Files.exists(path)
        && view.readAttributes().permissions().stream().anyMatch(FOR_OTHERS::contains);
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
