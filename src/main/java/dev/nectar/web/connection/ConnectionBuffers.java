package dev.nectar.web.connection;

import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * The buffers of a connection. Tomcat writes no more at once than one holds, and there are many
 * connections: there is a large one for answers only while a long answer is written.
 */
final class ConnectionBuffers extends SocketBufferHandler {

  private static final int LONG_ANSWER_BYTES = 32 * 1024;

  private final ByteBuffer small;
  private ByteBuffer answer;

  /** Whether it is being filled, and not emptied. */
  private boolean filling = true;

  /** For requests, what another has; for answers, as large as its. */
  ConnectionBuffers(SocketBufferHandler usual) {
    super(usual.getReadBuffer().capacity(), 0, false);
    this.small = ByteBuffer.allocate(usual.getWriteBuffer().capacity());
    this.answer = small;
  }

  /** The answer is written. */
  void answered() {
    if (isWriteBufferEmpty()) {
      answer = small.clear();
      filling = true;
    }
  }

  @Override
  public void configureWriteBufferForWrite() {
    if (filling) {
      return;
    }
    filling = true;
    if (answer.hasRemaining()) {
      answer.compact();
    } else {
      // One buffer was not enough.
      answer = answer == small ? ByteBuffer.allocate(LONG_ANSWER_BYTES) : answer.clear();
    }
  }

  @Override
  public void configureWriteBufferForRead() {
    if (filling) {
      filling = false;
      answer.flip();
    }
  }

  @Override
  public ByteBuffer getWriteBuffer() {
    return answer;
  }

  @Override
  public boolean isWriteBufferWritable() {
    return filling ? answer.hasRemaining() : !answer.hasRemaining();
  }

  @Override
  public boolean isWriteBufferEmpty() {
    return filling ? answer.position() == 0 : !answer.hasRemaining();
  }

  @Override
  public void reset() {
    super.reset();
    answer = small.clear();
    filling = true;
  }
}
