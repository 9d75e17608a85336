package dev.nectar.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A complete image that is not yet kept; closing it deletes it, unless {@link #moveTo} kept it. */
public final class StagedImage implements AutoCloseable {

  sealed interface Contents {}

  record InFile(Path file, FileChannel channel) implements Contents {}

  /** What {@code fault} kept from the disk. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(byte[] bytes, IOException fault) implements Contents {}

  private final ImageFormat format;
  private final long size;
  private final String sha256;
  private final Contents contents;

  StagedImage(ImageFormat format, long size, String sha256, Contents contents) {
    this.format = format;
    this.size = size;
    this.sha256 = sha256;
    this.contents = contents;
  }

  public ImageFormat format() {
    return format;
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** In lower-case hex. */
  public String sha256() {
    return sha256;
  }

  /** Its bytes, for as long as it is staged; each stream has a place of its own. */
  public InputStream open() {
    return switch (contents) {
      case InFile(var file, var channel) -> new FromChannel(channel);
      case InMemory(var bytes, var fault) -> new ByteArrayInputStream(bytes);
    };
  }

  /**
   * Makes the image durable under this name, all of it or nothing.
   *
   * @param target in the directory of the staging area
   * @throws IOException if the disk does not take it; the image is then still staged
   */
  public void moveTo(Path target) throws IOException {
    switch (contents) {
      case InFile(var file, var channel) -> {
        channel.force(true);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        channel.close();
      }
      case InMemory(var bytes, var fault) -> throw new IOException(fault.getMessage(), fault);
    }
  }

  @Override
  public void close() throws IOException {
    if (contents instanceof InFile(var file, var channel)) {
      try (channel) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Reads even when the name is gone, because somebody cleared the directory. */
  private static final class FromChannel extends InputStream {
    private final FileChannel channel;
    private long position;

    FromChannel(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var count = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(count, 0);
      return count;
    }
  }
}
