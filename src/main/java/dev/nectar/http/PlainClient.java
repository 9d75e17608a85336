package dev.nectar.http;

import java.io.IOException;
import java.net.Socket;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HttpComponents without all that it does of its own accord. */
final class PlainClient {

  static final RequestConfig CONFIG =
      RequestConfig.custom()
          .setAuthenticationEnabled(false)
          .setProtocolUpgradeEnabled(false)
          .setRedirectsEnabled(false)
          .build();

  private static final Timeout IDLE = Timeout.ofSeconds(30);

  private static final Http1Config RESPONSES =
      Http1Config.custom()
          .setBufferSize(32 * 1024)
          .setMaxHeaderCount(200)
          .setMaxLineLength(16 * 1024)
          .build();

  /** So much of a body goes out before it is looked whether the answer is there already. */
  private static final long LOOK_INTERVAL = 128 * 1024;

  private PlainClient() {}

  static CloseableHttpClient create(int maxConnections, Connector connector) {
    return HttpClients.custom()
        .setConnectionManager(connections(maxConnections, connector))
        .setDefaultRequestConfig(CONFIG)
        .setUserAgent("nectar")
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableConnectionState()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .evictIdleConnections(IDLE)
        .build();
  }

  private static ProbedConnection connection(@Nullable Socket socket) throws IOException {
    // A server that turns a body down does not read it to its end.
    var connection =
        new ProbedConnection(RESPONSES, new MonitoringResponseOutOfOrderStrategy(LOOK_INTERVAL));
    if (socket != null) {
      connection.bind(socket);
    }
    return connection;
  }

  private static PoolingHttpClientConnectionManager connections(
      int maxConnections, Connector connector) {
    var connections =
        new PoolingHttpClientConnectionManager(
            connector,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            null,
            PlainClient::connection);
    connections.setMaxTotal(maxConnections);
    connections.setDefaultMaxPerRoute(maxConnections);
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setIdleTimeout(IDLE)
            // A POST into a dead connection costs a whole attempt.
            .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
            .build());
    return connections;
  }
}
