package dev.nectar.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the pool that looks at once whether it is still good, where the library's own
 * waits a millisecond for nothing to come.
 */
final class ProbedConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  private static final Logger log = LoggerFactory.getLogger(ProbedConnection.class);

  private final AtomicBoolean closed = new AtomicBoolean();

  ProbedConnection(Http1Config config, ResponseOutOfOrderStrategy strategy) {
    super(config, null, null, null, null, strategy, null, null);
  }

  /** Whether its peer has closed it, or said something that nobody has asked for. */
  @Override
  public boolean isStale() throws IOException {
    var holder = getSocketHolder();
    if (holder == null || holder.getSocket().isClosed()) {
      return true;
    }
    var channel = base(holder).getChannel();
    if (channel == null) {
      return super.isStale();
    }
    try {
      channel.configureBlocking(false);
      var said = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return said != 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static Socket base(SocketHolder holder) {
    var base = holder.getBaseSocket();
    return base == null ? holder.getSocket() : base;
  }

  @Override
  protected void bind(SocketHolder holder) throws IOException {
    if (closed.get()) {
      holder.getSocket().close();
      throw new InterruptedIOException("closed before it was connected");
    }
    super.bind(holder);
  }

  @Override
  public void bind(SSLSocket socket, Socket base) throws IOException {
    bind(new SocketHolder(socket, base));
  }

  @Override
  public @Nullable Socket getSocket() {
    var holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  protected void onRequestSubmitted(ClassicHttpRequest request) {
    log.trace("Asked {} with {}", request, request.getHeaders());
  }

  @Override
  protected void onResponseReceived(ClassicHttpResponse response) {
    log.trace("Answered {} with {}", response, response.getHeaders());
  }

  /** Each call sets a time-out of its own. */
  @Override
  public void passivate() {}

  @Override
  public void activate() {}

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      super.close();
    }
  }

  @Override
  public void close(CloseMode mode) {
    if (closed.compareAndSet(false, true)) {
      super.close(mode);
    }
  }
}
