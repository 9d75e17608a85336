package dev.nectar.image.staging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Where images take shape before they are kept: uniquely named files in the directory that keeps
 * them, so that keeping one is a rename.
 */
public final class StagingArea {

  /** The ending of every temporary name. */
  private static final String TEMPORARY = ".tmp";

  private static final Pattern NAME = Pattern.compile("([0-9a-f-]{36})-[0-9]+\\" + TEMPORARY);

  private final Path directory;
  private final long maxImageBytes;
  private final String owner = UUID.randomUUID().toString();
  private final AtomicLong number = new AtomicLong();
  private final Semaphore memory;

  /** An area that holds up to an eighth of the heap in memory, while the disk takes nothing. */
  public StagingArea(Path directory, long maxImageBytes) {
    this(directory, maxImageBytes, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * An area in this directory.
   *
   * @param maxHeldBytes of images in memory, while the disk takes none
   */
  public StagingArea(Path directory, long maxImageBytes, long maxHeldBytes) {
    this.directory = directory;
    this.maxImageBytes = maxImageBytes;
    this.memory = new Semaphore(Math.toIntExact(maxHeldBytes / HeldBytes.BLOCK_BYTES));
  }

  /** The size up to which an image is accepted, in bytes. */
  public long maxImageBytes() {
    return maxImageBytes;
  }

  public Path directory() {
    return directory;
  }

  /** A name that nothing in the directory has. */
  public Path temporaryPath() {
    return directory.resolve(owner + "-" + number.incrementAndGet() + TEMPORARY);
  }

  /** Whether this file is temporary and was left by a process that is gone. */
  private boolean isAbandoned(Path file) {
    var name = NAME.matcher(file.getFileName().toString());
    return name.matches() && !owner.equals(name.group(1));
  }

  /**
   * Writes a file and removes it.
   *
   * @throws IOException if the directory takes none
   */
  public void probe() throws IOException {
    var file = temporaryPath();
    create(file).close();
    Files.delete(file);
  }

  /**
   * Clears away the temporary files of a process that is gone.
   *
   * @throws IOException if the directory can't be read or a file not be removed
   */
  public void sweep() throws IOException {
    try (var temporary = Files.newDirectoryStream(directory, "*" + TEMPORARY)) {
      for (var file : temporary) {
        if (isAbandoned(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // there is no directory yet, and so nothing in it
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** A new image to write to. Never fails: what has no room on the disk is held in memory. */
  public ImageSink open() {
    return new ImageSink(this, maxImageBytes, false);
  }

  /** The same for one that is to be kept: it goes to the disk as it is written. */
  public ImageSink openToKeep() {
    return new ImageSink(this, maxImageBytes, true);
  }

  /**
   * Stages a whole image.
   *
   * @throws NotAnImageException if the bytes are none
   * @throws TruncatedImageException if they end before the image does
   * @throws ImageTooLargeException if there are too many, or too many pixels
   */
  public StagedImage stage(InputStream bytes) throws IOException {
    try (var sink = open()) {
      bytes.transferTo(sink);
      return sink.finish();
    }
  }

  HeldBytes hold() {
    return new HeldBytes(memory);
  }

  /**
   * Makes a file in the directory, which is made too where it is missing.
   *
   * @param file a {@linkplain #temporaryPath temporary} one
   */
  public FileChannel create(Path file) throws IOException {
    try {
      return PrivateFiles.create(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      PrivateFiles.createDirectories(directory);
      return PrivateFiles.create(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
  }
}
