package dev.nectar.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Connects to the addresses of a host, one after the other, until the deadline of the call that
 * needs the connection. The library's own goes through all of them even if the call is cancelled.
 */
final class Connector extends DefaultHttpClientConnectionOperator {

  private static final Duration LONGEST_TRY = Duration.ofSeconds(10);

  /** Long enough for any distance, so that many dead addresses don't take the living one along. */
  private static final Duration SHORTEST_TRY = Duration.ofSeconds(1);

  /** Reads what the JVM trusts when it is first needed, which takes a while. */
  private static final class Tls implements TlsSocketStrategy {

    private final Supplier<TlsSocketStrategy> strategy =
        SingletonSupplier.of(DefaultClientTlsStrategy::createDefault);

    @Override
    public SSLSocket upgrade(
        Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
        throws IOException {
      return strategy.get().upgrade(socket, target, port, attachment, context);
    }
  }

  private static final ScopedValue<Deadline> DEADLINE = ScopedValue.newInstance();

  private final LookUps lookUps;

  Connector(LookUps lookUps) {
    super(
        // With a channel, it can be looked whether a connection is good without waiting.
        _ -> SocketChannel.open().socket(),
        null,
        null,
        RegistryBuilder.<TlsSocketStrategy>create()
            .register(URIScheme.HTTPS.id, new Tls())
            .build());
    this.lookUps = lookUps;
  }

  /** Runs a call, and with it the connecting it needs, under a deadline. */
  static <T> T within(Deadline deadline, ScopedValue.CallableOp<T, IOException> call)
      throws IOException {
    return ScopedValue.where(DEADLINE, deadline).call(call);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable Path unixSocket,
      @Nullable InetSocketAddress from,
      @Nullable Timeout timeout,
      SocketConfig config,
      @Nullable Object attachment,
      HttpContext context)
      throws IOException {
    var deadline = DEADLINE.get();
    var addresses = lookUps.addresses(host.getHostName(), deadline);
    for (var left = addresses.length; ; left--) {
      var address = addresses[addresses.length - left];
      var place = new HttpHost(host.getSchemeName(), address, host.getHostName(), host.getPort());
      var share = share(deadline, left);
      try {
        super.connect(
            connection, place, name, unixSocket, from, share, config, attachment, context);
        return;
      } catch (IOException e) {
        if (left == 1 || deadline.hasPassed()) {
          throw e;
        }
      }
    }
  }

  /** What one of the addresses that are left may take, so that there is time for the next. */
  private static Timeout share(Deadline deadline, int addresses) {
    var fair = deadline.remaining().dividedBy(addresses);
    var bounded = fair.compareTo(LONGEST_TRY) > 0 ? LONGEST_TRY : fair;
    var share = bounded.compareTo(SHORTEST_TRY) < 0 ? SHORTEST_TRY : bounded;
    return Timeout.ofMilliseconds(deadline.atMost(share).remainingMillis());
  }
}
