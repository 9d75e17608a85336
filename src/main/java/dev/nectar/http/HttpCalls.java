package dev.nectar.http;

import dev.nectar.observe.Waiting;
import dev.nectar.observe.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outgoing HTTP. A call is one attempt: nothing is sent twice, no redirect is followed, bodies come
 * as they were sent; and it ends at its deadline, in whatever state it is. So it has a thread of
 * its own, which is left behind then.
 */
public final class HttpCalls implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpCalls.class);

  /**
   * So long is waited for a call to clear up, once it is settled: for the end of a body that nobody
   * reads, which is worth a connection, or for files that nobody takes.
   */
  private static final Duration CLEARING_TIME = Duration.ofMillis(100);

  private final LookUps lookUps;
  private final CloseableHttpClient client;

  public HttpCalls(int maxConnections) {
    this(maxConnections, SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * @param maxConnections at once, to all hosts together; further calls wait for one
   */
  public HttpCalls(int maxConnections, DnsResolver dns) {
    this.lookUps = new LookUps(dns);
    this.client = PlainClient.create(maxConnections, new Connector(lookUps));
  }

  /**
   * Sends the request and has the response read. The request can be used once; the response and its
   * body are the handler's until it returns.
   *
   * @param handler run by another thread; what it returns too late is closed, if it can be
   * @throws DeadlineExceededException if the handler has not returned by then
   * @throws IOException if there is no whole response, or the handler throws it
   */
  public <T> T call(
      HttpUriRequestBase request, Deadline deadline, HttpClientResponseHandler<T> handler)
      throws IOException {
    Waiting.begin();
    if (deadline.hasPassed()) {
      throw new DeadlineExceededException();
    }
    request.setConfig(limits(deadline));
    var result = new CompletableFuture<T>();
    var exchange =
        Thread.ofVirtual()
            .name("call")
            .start(Work.carried(() -> exchange(request, deadline, handler, result)));
    try {
      settle(result, deadline);
      if (result.state() == Future.State.SUCCESS) {
        awaitEnd(exchange);
        return result.resultNow();
      }
      throw failure(result.exceptionNow(), deadline);
    } finally {
      // Breaks off whatever it is at.
      request.cancel();
      awaitEnd(exchange);
    }
  }

  /** The body of a response, for a handler to read; empty if it has none. */
  public static InputStream body(ClassicHttpResponse response) throws IOException {
    var body = response.getEntity();
    return body == null ? InputStream.nullInputStream() : body.getContent();
  }

  /** Waits for a result; one that comes later is none. */
  private static void settle(CompletableFuture<?> result, Deadline deadline) {
    try {
      result.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.completeExceptionally(new DeadlineExceededException());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result.completeExceptionally(new InterruptedIOException("interrupted"));
    } catch (ExecutionException e) {
      log.trace("A call failed", e);
    }
  }

  private static void awaitEnd(Thread exchange) {
    try {
      exchange.join(CLEARING_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException failure(Throwable fault, Deadline deadline) {
    if (fault instanceof DeadlineExceededException exceeded) {
      return exceeded;
    }
    if (fault instanceof Error error) {
      throw error;
    }
    if (deadline.hasPassed()) {
      return new DeadlineExceededException(fault);
    }
    if (fault instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    return fault instanceof IOException io ? io : new ClientProtocolException(fault);
  }

  private <T> void exchange(
      HttpUriRequestBase request,
      Deadline deadline,
      HttpClientResponseHandler<T> handler,
      CompletableFuture<T> result) {
    try (var response = Connector.within(deadline, () -> client.executeOpen(null, request, null))) {
      try {
        hand(read(response, handler), deadline, result);
        drain(response);
      } finally {
        // Drops a connection that is not at its end, where closing the response would linger.
        request.cancel();
      }
    } catch (IOException | HttpException | RuntimeException | Error e) {
      if (!result.completeExceptionally(e)) {
        log.debug("A call whose result was settled ended with {}", e.toString());
      }
    }
  }

  private static <T> T read(ClassicHttpResponse response, HttpClientResponseHandler<T> handler)
      throws IOException, HttpException {
    if (response.getEntity() != null) {
      response.setEntity(new LentBody(response.getEntity()));
    }
    return handler.handleResponse(response);
  }

  /** A handler may have taken the end of the time for the end of the body. */
  private static <T> void hand(T value, Deadline deadline, CompletableFuture<T> result) {
    if (deadline.hasPassed()) {
      result.completeExceptionally(new DeadlineExceededException());
    }
    if (!result.complete(value)) {
      discard(value);
    }
  }

  /** Lets go of what nobody takes. */
  static void discard(Object late) {
    if (late instanceof AutoCloseable held) {
      try {
        held.close();
      } catch (Exception e) {
        log.warn("The result of a call that came too late could not be discarded", e);
      }
    }
  }

  private static void drain(ClassicHttpResponse response) throws IOException {
    if (response.getEntity() instanceof LentBody body) {
      body.drain();
    }
  }

  /**
   * Bounds the wait for a connection. The end of the call breaks off all that comes after it, so
   * that a timer for each single read would be one too many.
   */
  private static RequestConfig limits(Deadline deadline) {
    return RequestConfig.copy(PlainClient.CONFIG)
        .setConnectionRequestTimeout(Timeout.ofMilliseconds(deadline.remainingMillis()))
        .setResponseTimeout(Timeout.DISABLED)
        .build();
  }

  /** Breaks off the calls that are running. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    lookUps.close();
  }
}
