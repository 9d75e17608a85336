package dev.nectar.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is read up to so many bytes; the first one past them is a failure, not an end. */
public final class BoundedBody extends FilterInputStream {

  private final long maxBytes;
  private long left;

  public BoundedBody(InputStream body, long maxBytes) {
    super(body);
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  /**
   * @throws BodyTooLargeException past the bound
   */
  @Override
  public int read() throws IOException {
    checkBound();
    var value = super.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  /**
   * @throws BodyTooLargeException past the bound
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    checkBound();
    var read = super.read(bytes, offset, (int) Math.min(length - 1, left) + 1);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  /**
   * @throws BodyTooLargeException past the bound
   */
  @Override
  public long skip(long count) throws IOException {
    checkBound();
    var skipped = super.skip(Math.min(count - 1, left) + 1);
    count(skipped);
    return skipped;
  }

  /** Whether it was longer than it may be. */
  public boolean isPassed() {
    return left < 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    checkBound();
  }

  private void checkBound() throws IOException {
    if (left < 0) {
      throw new BodyTooLargeException(maxBytes);
    }
  }
}
