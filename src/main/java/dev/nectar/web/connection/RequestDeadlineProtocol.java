package dev.nectar.web.connection;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose connection timeout bounds the arrival of a whole request, head and body; Tomcat's
 * own begins anew with every byte.
 */
public final class RequestDeadlineProtocol extends Http11NioProtocol {

  /** Whoever sends pictures faster than this, 64 KB a second, may go on: phones are slow. */
  private static final int BYTES_PER_MILLISECOND = 64;

  /** So many requests that a client sent together are answered before others have their turn. */
  private static final int MOST_IN_A_ROW = 8;

  /** For Tomcat, which makes it by its name. */
  public RequestDeadlineProtocol() {
    super(new PollingEndpoint());
  }

  /** To be said before it starts. */
  void admitOnly(ClientConnections clients) {
    ((BoundedEndpoint) getEndpoint()).admitOnly(clients);
  }

  /** To be said before it starts. */
  void answerAtOnce(AnswersAtHand answers) {
    ((PollingEndpoint) getEndpoint()).answer(answers);
  }

  /** Whether a client has not taken all of an answer that no thread is at any more. */
  boolean isSending() {
    return ((PollingEndpoint) getEndpoint()).isSending();
  }

  /**
   * Whether nothing is under way at a connection and nothing has been read of the next request.
   *
   * @param processor of it; null if it has none
   */
  static boolean isBetweenRequests(@Nullable Object processor) {
    return processor == null || (processor instanceof DeadlineProcessor known && known.isIdle());
  }

  /** That of the client, if one of these connections brought its request. */
  static Optional<SocketPresence> presence(Request request) {
    return request.getInputBuffer() instanceof DeadlineProcessor.Body body
        ? Optional.of(body.presence())
        : Optional.empty();
  }

  /** To be said before each request. */
  static void giveWay(Request request) {
    if (request.getInputBuffer() instanceof DeadlineProcessor.Body body) {
      body.giveWay();
    }
  }

  @Override
  protected Processor createProcessor() {
    return new DeadlineProcessor(this, getAdapter());
  }

  private static final class DeadlineProcessor extends Http11Processor {
    private final RequestDeadlineProtocol protocol;
    private int inARow;

    DeadlineProcessor(RequestDeadlineProtocol protocol, Adapter adapter) {
      super(protocol, adapter);
      this.protocol = protocol;
      request.setInputBuffer(new Body(request.getInputBuffer()));
    }

    boolean isIdle() {
      return !isAsync() && !isUpgrade() && request.getInputBuffer().available() == 0;
    }

    /** Called whenever something has arrived. */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
      leaveList();
      inARow = 0;
      var state = super.service(socket);
      if (state == SocketState.OPEN
          && socket.getSocketBufferHandler() instanceof ConnectionBuffers buffers) {
        buffers.answered();
      }
      var headIsIncomplete = state == SocketState.LONG && !isAsync();
      return headIsIncomplete && !allowTheRest(socket) ? SocketState.CLOSED : state;
    }

    /**
     * Tomcat lists its processors for JMX, and forgets to strike out one whose client hangs up
     * while a file is sent.
     */
    private void leaveList() {
      request.getRequestProcessor().setGlobalProcessor(null);
    }

    /** Whether there is time left for the rest of the request. */
    private boolean allowTheRest(SocketWrapperBase<?> socket) {
      var elapsed = Duration.ofNanos(System.nanoTime() - request.getStartTimeNanos());
      var earned = request.getBytesRead() / BYTES_PER_MILLISECOND;
      var left = protocol.getConnectionTimeout() + earned - elapsed.toMillis();
      // What was sent fast earns no long silence.
      socket.setReadTimeout(Math.clamp(left, 1, protocol.getConnectionTimeout()));
      return left > 0;
    }

    private final class Body implements InputBuffer {
      private final InputBuffer delegate;

      Body(InputBuffer delegate) {
        this.delegate = delegate;
      }

      /**
       * A virtual thread that never waits keeps its processor. One that only yields may be the next
       * one again, for as long as it does.
       */
      void giveWay() {
        if (++inARow > MOST_IN_A_ROW && Thread.currentThread().isVirtual()) {
          inARow = 0;
          LockSupport.parkNanos(1);
        }
      }

      SocketPresence presence() {
        return new SocketPresence(getSocketWrapper());
      }

      @Override
      public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (!allowTheRest(getSocketWrapper())) {
          throw new SocketTimeoutException("the request takes too long to arrive");
        }
        return delegate.doRead(handler);
      }

      @Override
      public int available() {
        return delegate.available();
      }
    }
  }
}
