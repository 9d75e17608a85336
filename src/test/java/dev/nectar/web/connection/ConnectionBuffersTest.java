package dev.nectar.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.junit.jupiter.api.Test;

class ConnectionBuffersTest {

  private static final int SMALL = 16;

  private final ConnectionBuffers buffers =
      new ConnectionBuffers(new SocketBufferHandler(64, SMALL, false));

  /** As a socket takes bytes of what was put. */
  private void write(int count) {
    buffers.configureWriteBufferForRead();
    var answer = buffers.getWriteBuffer();
    answer.position(answer.position() + count);
  }

  private void put(int count) {
    buffers.configureWriteBufferForWrite();
    buffers.getWriteBuffer().put(new byte[count]);
  }

  @Test
  void shortAnswer_needsTheSmallBufferAlone() {
    put(SMALL);
    assertThat(buffers.isWriteBufferWritable()).isFalse();
    write(SMALL);
    buffers.answered();

    put(1);
    assertThat(buffers.getWriteBuffer().capacity()).isEqualTo(SMALL);
    assertThat(buffers.isWriteBufferEmpty()).isFalse();
  }

  @Test
  void longAnswer_hasALargeBuffer_untilItIsWritten() {
    put(SMALL);
    write(SMALL);
    buffers.configureWriteBufferForWrite();
    assertThat(buffers.getWriteBuffer().capacity()).isGreaterThanOrEqualTo(16 * 1024);

    put(100);
    write(100);
    put(100);
    assertThat(buffers.getWriteBuffer().position()).isEqualTo(100);
    assertThat(buffers.getWriteBuffer().capacity()).isGreaterThanOrEqualTo(16 * 1024);

    write(100);
    buffers.answered();
    buffers.configureWriteBufferForWrite();
    assertThat(buffers.getWriteBuffer().capacity()).isEqualTo(SMALL);
  }

  @Test
  void whatTheClientHasNotTaken_stays() {
    buffers.getWriteBuffer().put(new byte[] {1, 2, 3});
    write(2);
    assertThat(buffers.isWriteBufferEmpty()).isFalse();
    buffers.answered();

    buffers.configureWriteBufferForWrite();
    buffers.getWriteBuffer().put((byte) 4);
    buffers.configureWriteBufferForRead();
    assertThat(buffers.getWriteBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4}));
  }

  @Test
  void reset_forgetsIt() {
    put(3);
    buffers.reset();

    assertThat(buffers.isWriteBufferEmpty()).isTrue();
    assertThat(buffers.isWriteBufferWritable()).isTrue();
    assertThat(buffers.getReadBuffer().capacity()).isEqualTo(64);
  }
}
