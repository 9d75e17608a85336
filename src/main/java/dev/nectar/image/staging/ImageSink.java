package dev.nectar.image.staging;

import dev.nectar.image.FormatCheck;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Takes an image's bytes and learns its format, pixels, size and SHA-256 on the way. Closing it
 * before {@link #finish} discards what was written.
 */
public final class ImageSink extends OutputStream {

  private final StagingArea area;
  private final long maxBytes;
  private final MessageDigest sha256 = Sha256.newDigest();
  private final FormatCheck check = new FormatCheck();
  private final Path file;
  private final boolean kept;
  private long size;
  private @Nullable FileChannel channel;
  private @Nullable BackgroundForce force;
  private @Nullable HeldBytes memory;
  private @Nullable IOException diskFault;

  /**
   * One that is open.
   *
   * @param kept whether the image is likely to be kept, so that it may as well go to the disk at
   *     once
   */
  ImageSink(StagingArea area, long maxBytes, boolean kept) {
    this.area = area;
    this.maxBytes = maxBytes;
    this.kept = kept;
    this.file = area.temporaryPath();
    try {
      var created = area.create(file);
      this.channel = created;
      this.force = new BackgroundForce(() -> created.force(true));
    } catch (IOException e) {
      this.diskFault = e;
      this.memory = area.hold();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (size + length > maxBytes) {
      throw new ImageTooLargeException(maxBytes);
    }
    check.pass(bytes, offset, length);
    check.checkBounds();
    sha256.update(bytes, offset, length);
    if (channel != null) {
      writeToFile(channel, ByteBuffer.wrap(bytes, offset, length));
    } else if (memory != null) {
      memory.write(bytes, offset, length);
    } else {
      throw new IOException("closed");
    }
    size += length;
  }

  private void writeToFile(FileChannel file, ByteBuffer bytes) throws IOException {
    var start = bytes.position();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      if (kept && force != null) {
        force.written(bytes.limit() - start);
      }
    } catch (IOException e) {
      diskFault = e;
      memory = area.hold();
      recall(file, memory);
      memory.write(bytes.array(), bytes.arrayOffset() + start, bytes.limit() - start);
      discardFile();
    }
  }

  /** A disk that is full can still be read; it may hold a part of what did not go in whole. */
  private void recall(FileChannel file, HeldBytes memory) throws IOException {
    var written = Channels.newInputStream(file.position(0));
    var buffer = new byte[HeldBytes.BLOCK_BYTES];
    for (var left = size; left > 0; ) {
      var count = written.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("the disk has lost what it had taken");
      }
      memory.write(buffer, 0, count);
      left -= count;
    }
  }

  /** Bytes written so far. */
  public long size() {
    return size;
  }

  /**
   * The image, complete. The sink is closed and takes no more.
   *
   * @throws NotAnImageException if the first bytes are those of no known format, or no size is told
   * @throws TruncatedImageException if the format's own end was not written
   * @throws ImageTooLargeException if it has too many pixels
   */
  public StagedImage finish() throws IOException {
    var traits = check.finish();
    var digest = HexFormat.of().formatHex(sha256.digest());
    var image =
        new StagedImage(new ImageFacts(traits.format(), size, digest, traits.size()), contents());
    channel = null;
    memory = null;
    return image;
  }

  private StagedContents contents() throws IOException {
    if (channel != null && force != null) {
      if (kept) {
        force.finish();
      }
      return new StagedContents.InFile(file, channel, force);
    }
    if (memory != null && diskFault != null) {
      return new StagedContents.InMemory(memory, diskFault);
    }
    throw new IOException("closed");
  }

  @Override
  public void close() throws IOException {
    if (memory != null) {
      memory.close();
      memory = null;
    }
    discardFile();
  }

  private void discardFile() throws IOException {
    var open = channel;
    channel = null;
    if (open != null) {
      try (open) {
        Files.deleteIfExists(file);
      }
    }
  }
}
