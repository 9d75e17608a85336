package dev.nectar.web.connection;

import dev.nectar.generation.Presence;
import java.io.IOException;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Finds out by a read that does not block: the end of the stream is an exception, and what a client
 * has sent ahead stays in the socket's buffer. Nobody else reads while a request is answered.
 */
final class SocketPresence implements Presence {

  private final SocketWrapperBase<?> socket;
  private boolean ended;

  SocketPresence(SocketWrapperBase<?> socket) {
    this.socket = socket;
  }

  @Override
  public synchronized boolean isHere() {
    if (!ended) {
      try {
        socket.isReadyForRead();
      } catch (IOException e) {
        ended = true;
      }
    }
    return !ended;
  }

  /** The request has been answered: from now on the socket is another's. */
  synchronized void end() {
    ended = true;
  }
}
