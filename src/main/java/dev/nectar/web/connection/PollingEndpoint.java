package dev.nectar.web.connection;

import dev.nectar.observe.Waiting;
import java.io.IOException;
import java.util.Optional;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the thread that polls all connections answer what is at hand: to hand a request over to a
 * thread of its own costs more than to answer it.
 */
final class PollingEndpoint extends BoundedEndpoint {

  private static final Logger log = LoggerFactory.getLogger(PollingEndpoint.class);

  private static final String POLLER = "-Poller";

  /** While more requests than these have arrived at once, others help where there are others. */
  private static final int BACKLOG = 8;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private volatile @Nullable AnswersAtHand atHand;

  void answer(AnswersAtHand answers) {
    atHand = answers;
  }

  /** Whether a file, or what is held of an answer, is on its way to a client. */
  boolean isSending() {
    return getConnections().stream().anyMatch(PollingEndpoint::isSending);
  }

  private static boolean isSending(SocketWrapperBase<NioChannel> socket) {
    return (socket instanceof NioSocketWrapper wrapper && wrapper.getSendfileData() != null)
        || socket.getSocket().getOutboundRemaining() > 0;
  }

  @Override
  protected NioChannel createChannel(SocketBufferHandler buffers) {
    return isSSLEnabled()
        ? super.createChannel(buffers)
        : new PolledChannel(new ConnectionBuffers(buffers));
  }

  @Override
  public boolean processSocket(
      SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
    var answers = atHand;
    if (dispatch
        && event == SocketEvent.OPEN_READ
        && Thread.currentThread().getName().endsWith(POLLER)
        && socket.getSocket() instanceof PolledChannel channel
        && answers != null
        && isAtHand(socket, channel, answers)) {
      return answer(socket, channel, answers);
    }
    return super.processSocket(socket, event, dispatch);
  }

  private boolean isAtHand(
      SocketWrapperBase<NioChannel> socket, PolledChannel channel, AnswersAtHand answers) {
    return mayAnswer(getPoller().getKeyCount(), PROCESSORS)
        && channel.getOutboundRemaining() == 0
        && !socket.getLock().isLocked()
        && RequestDeadlineProtocol.isBetweenRequests(socket.getCurrentProcessor())
        && arrived(socket, channel).filter(answers::holds).isPresent();
  }

  /** A second processor makes up for no more than what it costs to hand over. */
  static boolean mayAnswer(int arrived, int processors) {
    return arrived <= BACKLOG || processors <= 2;
  }

  /** What the one request asks for that has arrived; Tomcat finds it where it is read to. */
  private static Optional<String> arrived(
      SocketWrapperBase<NioChannel> socket, PolledChannel channel) {
    var buffers = socket.getSocketBufferHandler();
    try {
      buffers.configureReadBufferForWrite();
      channel.read(buffers.getReadBuffer());
    } catch (IOException e) {
      log.debug("Client gone, which the next read finds out: {}", e.toString());
    }
    buffers.configureReadBufferForRead();
    return RequestHead.target(buffers.getReadBuffer());
  }

  /** Whether the connection may stay. What this thread dies of, all connections die of. */
  private boolean answer(
      SocketWrapperBase<NioChannel> socket, PolledChannel channel, AnswersAtHand answers) {
    try {
      answers.give(() ->
          Waiting.forbid(() -> {
            channel.begin();
            super.processSocket(socket, SocketEvent.OPEN_READ, false);
            end(socket, channel);
          }));
      return true;
    } catch (OutOfMemoryError e) {
      log.error("There is no memory for an answer", e);
      return false;
    }
  }

  private void end(SocketWrapperBase<NioChannel> socket, PolledChannel channel) {
    try {
      if (!channel.end()) {
        getExecutor().execute(() -> awaitTaken(socket));
      }
    } catch (IOException e) {
      log.debug("Client gone: {}", e.toString());
      socket.close();
    }
  }

  /** Waits as for any client that is slow to take its answer. */
  private static void awaitTaken(SocketWrapperBase<NioChannel> socket) {
    var lock = socket.getLock();
    lock.lock();
    try {
      socket.flush(true);
    } catch (IOException e) {
      log.debug("Client gone: {}", e.toString());
      socket.close();
    } finally {
      lock.unlock();
    }
  }
}
