package dev.nectar.web.connection;

import dev.nectar.generation.Presence;
import java.io.IOException;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Finds out by a read that does not block. What a client has sent ahead is left in the socket's
 * buffer, behind what is there; with more than that holds, it counts as being there. Nobody else
 * reads while a request is answered.
 */
final class SocketPresence implements Presence {

  private final SocketWrapperBase<?> socket;
  private boolean ended;

  SocketPresence(SocketWrapperBase<?> socket) {
    this.socket = socket;
  }

  @Override
  public synchronized boolean isHere() {
    if (!ended && socket.getSocket() instanceof NioChannel channel) {
      ended = isAtEnd(channel);
    }
    return !ended;
  }

  private boolean isAtEnd(NioChannel channel) {
    var buffers = socket.getSocketBufferHandler();
    buffers.configureReadBufferForWrite();
    var rest = buffers.getReadBuffer();
    try {
      return rest.hasRemaining() && channel.read(rest) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** The request has been answered: from now on the socket is another's. */
  synchronized void end() {
    ended = true;
  }
}
