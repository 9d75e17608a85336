package dev.nectar.image.staging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The bytes of an image that is not yet kept. */
sealed interface StagedContents {

  InputStream open();

  /** Begins to make them durable. */
  void beginForce();

  void force() throws IOException;

  void moveTo(Path target) throws IOException;

  /** Leaves nothing of what was not moved; once is enough, more does no harm. */
  void discard() throws IOException;

  /** In a temporary file. It is read by its channel, also when somebody has cleared its name. */
  final class InFile implements StagedContents {
    private final Path file;
    private final FileChannel channel;
    private final BackgroundForce force;
    private volatile boolean moved;

    InFile(Path file, FileChannel channel, BackgroundForce force) {
      this.file = file;
      this.channel = channel;
      this.force = force;
    }

    @Override
    public InputStream open() {
      return new FromChannel(channel);
    }

    @Override
    public void beginForce() {
      force.finish();
    }

    @Override
    public void force() throws IOException {
      force.await();
    }

    @Override
    public void moveTo(Path target) throws IOException {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      moved = true;
    }

    @Override
    public void discard() throws IOException {
      try (channel) {
        if (!moved) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** In memory; {@code fault} kept them from the disk. */
  record InMemory(HeldBytes bytes, IOException fault) implements StagedContents {

    @Override
    public InputStream open() {
      return bytes.open();
    }

    @Override
    public void beginForce() {}

    @Override
    public void force() throws IOException {
      throw new IOException(fault.toString(), fault);
    }

    @Override
    public void moveTo(Path target) throws IOException {
      force();
    }

    @Override
    public void discard() {
      bytes.close();
    }
  }

  /** Has a place of its own in the file. */
  final class FromChannel extends InputStream {
    private final FileChannel channel;
    private long position;

    private FromChannel(FileChannel channel) {
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
