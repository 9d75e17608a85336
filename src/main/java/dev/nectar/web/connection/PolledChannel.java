package dev.nectar.web.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection at which the polling thread can answer without waiting: it reads nothing
 * but what had arrived before, and what it writes is held until the client takes it.
 */
final class PolledChannel extends NioChannel {

  private static final Logger log = LoggerFactory.getLogger(PolledChannel.class);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private static final int USUAL_BYTES = 2_048;

  private enum State {
    /** Whoever reads and writes waits for it. */
    WAITED_FOR,

    /** What is read has arrived, and what is written is held. */
    POLLED,

    /** All is written but a file, which comes behind what is held. */
    BEFORE_FILE
  }

  private ByteBuffer held = NOTHING;
  private State state = State.WAITED_FOR;

  PolledChannel(ConnectionBuffers buffers) {
    super(buffers);
  }

  /** The polling thread answers now. */
  void begin() {
    state = State.POLLED;
  }

  /**
   * The polling thread has answered. Whether nobody has to wait for the rest to be sent: there is
   * none, or it goes ahead of a file.
   */
  boolean end() throws IOException {
    var sendsFile = state == State.BEFORE_FILE;
    state = State.WAITED_FOR;
    return sendsFile || flushOutbound();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return state == State.WAITED_FOR ? super.read(target) : 0;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (state == State.WAITED_FOR) {
      return flushOutbound() ? super.write(source) : 0;
    }
    var count = source.remaining();
    hold(source);
    return count;
  }

  private void hold(ByteBuffer source) {
    held.compact();
    if (held.remaining() < source.remaining()) {
      var size = Math.max(USUAL_BYTES, held.position() + source.remaining());
      held = ByteBuffer.allocate(size).put(held.flip());
    }
    held.put(source).flip();
  }

  /** Asked for before a file is sent. */
  @Override
  public SocketChannel getIOChannel() {
    if (state == State.POLLED && held.hasRemaining()) {
      state = State.BEFORE_FILE;
      MoreToCome.write(super.getIOChannel(), held);
      sendHeld();
    }
    return super.getIOChannel();
  }

  @Override
  public int getOutboundRemaining() {
    return state == State.POLLED ? 0 : held.remaining();
  }

  @Override
  public boolean flushOutbound() throws IOException {
    if (held.hasRemaining()) {
      super.write(held);
    }
    if (held.hasRemaining()) {
      return false;
    }
    held = NOTHING;
    return true;
  }

  @Override
  public void close() throws IOException {
    sendHeld();
    super.close();
  }

  /** As much as the client takes at once. */
  private void sendHeld() {
    try {
      flushOutbound();
    } catch (IOException e) {
      log.debug("Client gone, which the next write finds out: {}", e.toString());
    }
  }

  @Override
  public void reset(SocketChannel channel, NioSocketWrapper wrapper) throws IOException {
    held = NOTHING;
    state = State.WAITED_FOR;
    super.reset(channel, wrapper);
  }
}
