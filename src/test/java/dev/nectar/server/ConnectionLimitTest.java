package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code MAX_CONNECTIONS_PER_CLIENT}. */
@Tag("slow")
class ConnectionLimitTest {

  private static final int LIMIT = 20;

  @TempDir private Path cache;
  private final Painter painter = Painter.start();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    painter.close();
  }

  @Test
  void connection_beyondTheLimit_is503UntilAnotherIsClosed() throws Exception {
    try (var nectar = start(Map.of())) {
      open(nectar, LIMIT);

      for (var request : List.of("GET /status", "POST /prompt?" + "a".repeat(50_000))) {
        var refused =
            RawExchange.send(nectar.port(), request + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(refused.header("Connection")).isEqualTo("close");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = JsonMapper.shared().readTree(refused.body());
        assertThat(problem.get("status").asInt()).isEqualTo(503);
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("requestId").asString()).isEqualTo(refused.header("X-Request-Id"));
      }
      assertThat(ask(sockets.getFirst())).as("those that are there are served").contains(" 200 ");

      sockets.getLast().close();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> RawExchange.get(nectar.port(), "/status").status() == 200);
    }
  }

  /** Those that were turned away take up no place in all. */
  @Test
  void connections_turnedAway_areForgotten() throws Exception {
    try (var nectar = start(Map.of("server.tomcat.max-connections", "40"))) {
      open(nectar, LIMIT);
      for (var i = 0; i < 100; i++) {
        assertThat(RawExchange.get(nectar.port(), "/status").status()).isEqualTo(503);
      }
      for (var socket : sockets) {
        socket.close();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> RawExchange.get(nectar.port(), "/status").status() == 200);
    }
  }

  @Test
  void connections_ofATrustedProxy_areNotCounted() throws Exception {
    try (var nectar = start(Map.of("TRUSTED_PROXIES", "127.0.0.0/8,::1"))) {
      open(nectar, LIMIT + 5);

      for (var socket : sockets) {
        assertThat(ask(socket)).contains(" 200 ");
      }
    }
  }

  private NectarServer start(Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("MAX_CONNECTIONS_PER_CLIENT", Integer.toString(LIMIT));
    return NectarServer.start(cache, painter.url(), all);
  }

  /** Each has asked once, so that it has been accepted. */
  private void open(NectarServer nectar, int count) throws IOException {
    for (var i = 0; i < count; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port());
      socket.setSoTimeout(10_000);
      sockets.add(socket);
      assertThat(ask(socket)).contains(" 200 ");
    }
  }

  private static String ask(Socket socket) throws IOException {
    socket.getOutputStream().write("HEAD /status HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      var next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
