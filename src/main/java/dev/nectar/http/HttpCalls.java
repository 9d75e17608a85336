package dev.nectar.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Outgoing HTTP. A call is one attempt: nothing is sent twice, no redirect is followed, bodies come
 * as they were sent; and it ends at its deadline, in whatever state it is.
 */
public final class HttpCalls implements AutoCloseable {

  /** For one address of a host, so that a dead one leaves time for the next. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** A connection is worth that much waiting for the end of a body that nobody reads. */
  private static final Duration DRAIN_TIME = Duration.ofMillis(100);

  private final AbandonableLookUps lookUps;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor cuts;

  public HttpCalls(int maxConnections) {
    this(maxConnections, SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * @param maxConnections at once, to all hosts together; further calls wait for one
   */
  public HttpCalls(int maxConnections, DnsResolver dns) {
    this.lookUps = new AbandonableLookUps(dns);
    this.client = PlainClient.create(maxConnections, lookUps);
    this.cuts =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines-", 0).factory());
    cuts.setRemoveOnCancelPolicy(true);
  }

  /**
   * Sends the request and has the response read. The request can be used once; the response and its
   * body are the handler's until it returns.
   *
   * @throws DeadlineExceededException if the handler has not returned by then
   * @throws IOException if there is no whole response, or the handler throws it
   */
  public <T> T call(
      HttpUriRequestBase request, Deadline deadline, HttpClientResponseHandler<T> handler)
      throws IOException {
    if (deadline.hasPassed()) {
      throw new DeadlineExceededException();
    }
    request.setConfig(limits(deadline));
    var expired = new AtomicBoolean();
    var cut =
        cuts.schedule(
            () -> {
              expired.set(true);
              request.cancel();
            },
            deadline.remainingMillis(),
            TimeUnit.MILLISECONDS);
    try (var response =
        AbandonableLookUps.within(deadline, () -> client.executeOpen(null, request, null))) {
      try {
        var result = handle(response, handler);
        cut.cancel(false);
        // A body that ends where the connection does looks whole when it is cut.
        if (expired.get() || deadline.hasPassed()) {
          throw new InterruptedIOException("cut off");
        }
        drain(request, response);
        return result;
      } finally {
        // Drops a connection that is not at its end, where closing the response would linger.
        request.cancel();
      }
    } catch (IOException | RuntimeException e) {
      if (expired.get() || deadline.hasPassed()) {
        throw new DeadlineExceededException(e);
      }
      throw e;
    } finally {
      cut.cancel(false);
    }
  }

  /** The body of a response, for a handler to read; empty if it has none. */
  public static InputStream body(ClassicHttpResponse response) throws IOException {
    var body = response.getEntity();
    return body == null ? InputStream.nullInputStream() : body.getContent();
  }

  private static <T> T handle(ClassicHttpResponse response, HttpClientResponseHandler<T> handler)
      throws IOException {
    if (response.getEntity() != null) {
      response.setEntity(new LentBody(response.getEntity()));
    }
    try {
      return handler.handleResponse(response);
    } catch (HttpException e) {
      throw new ClientProtocolException(e);
    }
  }

  private void drain(HttpUriRequestBase request, ClassicHttpResponse response) {
    if (response.getEntity() instanceof LentBody body) {
      var cut = cuts.schedule(request::cancel, DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
      try {
        body.drain();
      } catch (IOException | IllegalStateException e) {
        // The handler has what it wanted; the connection is lost, no more.
        request.cancel();
      } finally {
        cut.cancel(false);
      }
    }
  }

  /** Bounds for the single steps; together they may take longer, which is what the cut is for. */
  @SuppressWarnings("deprecation") // no other way to bound the connect of one request
  private static RequestConfig limits(Deadline deadline) {
    var left = Timeout.ofMilliseconds(deadline.remainingMillis());
    return RequestConfig.copy(PlainClient.CONFIG)
        .setConnectionRequestTimeout(left)
        .setConnectTimeout(
            Timeout.ofMilliseconds(deadline.atMost(CONNECT_TIMEOUT).remainingMillis()))
        .setResponseTimeout(left)
        .build();
  }

  int pendingCuts() {
    return cuts.getQueue().size();
  }

  /** Breaks off the calls that are running. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    cuts.shutdownNow();
    lookUps.close();
  }
}
