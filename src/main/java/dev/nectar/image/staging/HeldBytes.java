package dev.nectar.image.staging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Bytes in memory, because the disk takes none; in blocks from a stock that all images share. */
final class HeldBytes extends OutputStream {

  static final int BLOCK_BYTES = 1 << 16;

  private final Semaphore stock;
  private final List<byte[]> blocks = new ArrayList<>();

  /** In the last block. */
  private int free;

  HeldBytes(Semaphore stock) {
    this.stock = stock;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws NoRoomException if the stock is used up
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (var done = 0; done < length; ) {
      if (free == 0) {
        addBlock();
      }
      var count = Math.min(free, length - done);
      System.arraycopy(bytes, offset + done, blocks.getLast(), BLOCK_BYTES - free, count);
      free -= count;
      done += count;
    }
  }

  private void addBlock() throws IOException {
    if (!stock.tryAcquire()) {
      throw new NoRoomException();
    }
    blocks.add(new byte[BLOCK_BYTES]);
    free = BLOCK_BYTES;
  }

  /** Each stream has a place of its own. */
  InputStream open() {
    var streams = new ArrayList<InputStream>();
    var left = (long) blocks.size() * BLOCK_BYTES - free;
    for (var block : blocks) {
      streams.add(new ByteArrayInputStream(block, 0, (int) Math.min(left, BLOCK_BYTES)));
      left -= BLOCK_BYTES;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /** Gives the blocks back. */
  @Override
  public synchronized void close() {
    stock.release(blocks.size());
    blocks.clear();
    free = 0;
  }
}
