package dev.nectar.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups that end with the deadline of the call they belong to. The platform's own can't be
 * interrupted, so one that takes too long is left behind on a thread of its own; a platform thread,
 * because a native look-up would pin a virtual one's carrier.
 */
final class AbandonableLookUps implements DnsResolver, AutoCloseable {

  private static final ScopedValue<Deadline> DEADLINE = ScopedValue.newInstance();

  private final DnsResolver delegate;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("look-up-", 0).factory());

  AbandonableLookUps(DnsResolver delegate) {
    this.delegate = delegate;
  }

  /** Runs a call, and with it the look-ups it makes, under a deadline. */
  static <T> T within(Deadline deadline, ScopedValue.CallableOp<T, IOException> call)
      throws IOException {
    return ScopedValue.where(DEADLINE, deadline).call(call);
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var lookUp = threads.submit(() -> delegate.resolve(host));
    try {
      return lookUp.get(DEADLINE.get().remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown
          ? unknown
          : unknown(host, e.getCause());
    } catch (TimeoutException e) {
      lookUp.cancel(true);
      throw unknown(host, e);
    } catch (InterruptedException e) {
      lookUp.cancel(true);
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    }
  }

  private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
    var unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return delegate.resolveCanonicalHostname(host);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
