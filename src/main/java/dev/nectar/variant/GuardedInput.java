package dev.nectar.variant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.imageio.stream.ImageInputStreamImpl;
import org.jspecify.annotations.Nullable;

/**
 * A file as decoders read it. Whenever it gives them more bytes it asks the guard whether they may
 * go on, so that they end even in native code.
 */
final class GuardedInput extends ImageInputStreamImpl {

  private static final int BUFFER_BYTES = 4_096;

  private final FileChannel file;
  private final DecodingGuard guard;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long start;
  private int filled;
  private @Nullable IOException fault;

  GuardedInput(FileChannel file, DecodingGuard guard) {
    this.file = file;
    this.guard = guard;
  }

  /** What kept a decoder from reading on; null if nothing did. */
  @Nullable IOException fault() {
    return fault;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (!fill()) {
      return -1;
    }
    var value = buffer[(int) (streamPos - start)] & 0xff;
    streamPos++;
    return value;
  }

  /** All that was asked for, unless the file ends: readers of numbers expect it. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkClosed();
    bitOffset = 0;
    var done = 0;
    while (done < length && fill()) {
      var from = (int) (streamPos - start);
      var count = Math.min(length - done, filled - from);
      System.arraycopy(buffer, from, bytes, offset + done, count);
      streamPos += count;
      done += count;
    }
    return done == 0 && length > 0 ? -1 : done;
  }

  /** Whether there is a byte at the current position. */
  private boolean fill() throws IOException {
    if (start <= streamPos && streamPos < start + filled) {
      return true;
    }
    try {
      guard.check();
      start = streamPos;
      filled = Math.max(file.read(ByteBuffer.wrap(buffer), start), 0);
      return filled > 0;
    } catch (IOException e) {
      fault = e;
      throw e;
    }
  }

  @Override
  public long length() {
    try {
      return file.size();
    } catch (IOException e) {
      return -1;
    }
  }
}
