package dev.nectar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.NoResponseOutOfOrderStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbedConnectionTest {

  private final ProbedConnection connection =
      new ProbedConnection(Http1Config.DEFAULT, NoResponseOutOfOrderStrategy.INSTANCE);
  private ServerSocket server;
  private Socket ours;
  private Socket peer;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    ours = SocketChannel.open().socket();
    ours.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    peer = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    connection.close(CloseMode.IMMEDIATE);
    ours.close();
    peer.close();
    server.close();
  }

  private void bind(boolean tls) throws IOException {
    if (tls) {
      var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      connection.bind((SSLSocket) factory.createSocket(ours, "localhost", 443, true), ours);
    } else {
      connection.bind(ours);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void silentPeer_isNoReasonAgainstIt(boolean tls) throws IOException {
    bind(tls);

    assertThat(connection.isStale()).isFalse();
    assertThat(ours.getChannel().isBlocking()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void peerThatHasGone_makesItStale(boolean tls) throws IOException {
    bind(tls);
    peer.close();

    Awaitility.await().until(connection::isStale);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wordsThatNobodyAskedFor_makeItStale(boolean tls) throws IOException {
    bind(tls);
    peer.getOutputStream().write("HTTP/1.1 408 Request Timeout\r\n\r\n".getBytes(US_ASCII));

    Awaitility.await().until(connection::isStale);
  }

  @Test
  void connection_closedOrNotYetMade_isStale() throws IOException {
    assertThat(connection.isStale()).isTrue();
    bind(false);
    connection.close();

    assertThat(connection.isStale()).isTrue();
    assertThat(ours.isClosed()).isTrue();
  }

  @Test
  void socketThatComesAfterTheClose_isClosed() throws IOException {
    connection.close(CloseMode.IMMEDIATE);

    assertThatThrownBy(() -> bind(false)).isInstanceOf(InterruptedIOException.class);
    assertThat(ours.isClosed()).isTrue();
  }
}
