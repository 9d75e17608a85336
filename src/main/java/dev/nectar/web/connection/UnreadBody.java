package dev.nectar.web.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client still sends when it has its answer. It is read for a while, since a connection that
 * is closed before takes the answer with it; Tomcat itself would read it for as long as it
 * dribbles.
 */
final class UnreadBody {

  private static final Logger log = LoggerFactory.getLogger(UnreadBody.class);

  private static final int MAX_BYTES = 32 << 20;

  private UnreadBody() {}

  /** Reads until the end of the request, or of its time, and lets the connection be closed then. */
  static void drain(Request request) {
    if (is(request, ActionCode.REQUEST_BODY_FULLY_READ)
        || is(request, ActionCode.ASYNC_IS_ASYNC)
        || request.hasExpectation()) {
      return;
    }
    try {
      var sink = new Sink();
      for (var left = MAX_BYTES; left > 0; ) {
        var count = request.doRead(sink);
        if (count < 0) {
          return;
        }
        left -= count;
      }
    } catch (IOException e) {
      log.debug("The rest of a request is not waited for: {}", e.toString());
    }
    request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }

  private static boolean is(Request request, ActionCode question) {
    var answer = new AtomicBoolean();
    request.action(question, answer);
    return answer.get();
  }

  private static final class Sink implements ApplicationBufferHandler {
    private ByteBuffer bytes = EMPTY_BUFFER;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      bytes = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return bytes;
    }

    @Override
    public void expand(int size) {}
  }
}
