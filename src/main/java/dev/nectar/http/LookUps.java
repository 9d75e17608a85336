package dev.nectar.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups that can be left behind, since the platform's own can't be interrupted. They hang on few
 * threads of their own, one a host, so that a name server that is silent holds up nothing else.
 */
final class LookUps implements AutoCloseable {

  private static final int MAX_THREADS = 32;

  private static final int IDLE_SECONDS = 10;

  private final DnsResolver resolver;
  private final ConcurrentMap<String, Future<InetAddress[]>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads;

  LookUps(DnsResolver resolver) {
    this.resolver = resolver;
    var pool =
        new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("look-up-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /**
   * A host's addresses, at least one.
   *
   * @throws UnknownHostException if there are none, or none by the deadline
   */
  InetAddress[] addresses(String host, Deadline deadline) throws UnknownHostException {
    var lookUp = underWay.computeIfAbsent(host, this::begin);
    try {
      var addresses = lookUp.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
      if (addresses == null || addresses.length == 0) {
        throw new UnknownHostException(host);
      }
      return addresses;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown
          ? unknown
          : unknown(host, e.getCause());
    } catch (TimeoutException | CancellationException e) {
      throw unknown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    }
  }

  private Future<InetAddress[]> begin(String host) {
    return threads.submit(() -> {
      try {
        return resolver.resolve(host);
      } finally {
        underWay.remove(host);
      }
    });
  }

  private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
    var unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
    underWay.values().forEach(lookUp -> lookUp.cancel(true));
  }
}
