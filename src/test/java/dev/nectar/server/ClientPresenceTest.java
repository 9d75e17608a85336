package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import dev.nectar.settings.HeapShare;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait for one picture, and those that no longer do. */
@Tag("slow")
class ClientPresenceTest extends PatientCase {

  /** More than the kernel takes in, so that it is sent as a file in the background. */
  private static final byte[] LARGE = SampleImages.png(8_000_000, 1);

  private static final Duration GIVEN_BACK = Duration.ofSeconds(5);

  private final List<Socket> sockets = new ArrayList<>();

  ClientPresenceTest(@TempDir Path cache) throws IOException {
    super(cache, LARGE, Map.of("MAX_CONNECTIONS_PER_CLIENT", "100000"));
  }

  @BeforeEach
  void forget() throws Exception {
    nectar.forget();
  }

  @AfterEach
  void hangUp() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** Bytes that were sent ahead do not hide that nothing comes after them. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Accept: text/event-stream\r\n", "X-Ahead: true\r\n\r\nGET /status"})
  void client_thatHangsUp_givesItsConnectionBackWithin5s(String rest) throws Exception {
    for (var i = 0; i < 20; i++) {
      send(open(), "GET " + NectarServer.target("gone") + " HTTP/1.1\r\nHost: a\r\n" + rest);
      send(sockets.getLast(), "\r\n\r\n");
    }
    await().until(() -> backend.calls() == 1);
    var ports = HeldConnections.ports(sockets);
    assertThat(HeldConnections.count(nectar.port(), ports)).isEqualTo(20);
    for (var socket : sockets) {
      socket.close();
    }
    await().atMost(GIVEN_BACK).until(() -> HeldConnections.count(nectar.port(), ports) == 0);

    backend.release(1);
    await().until(() -> nectar.status().get("cache").get("entries").asInt() == 1);
    assertThat(header(nectar.image("gone"), "X-Cache")).isEqualTo("HIT");
    assertThat(backend.calls()).isEqualTo(1);
  }

  @Test
  void client_thatOrderedImages_givesItsConnectionBackWithin5s() throws Exception {
    var body = "{\"prompt\":\"gone\",\"n\":2}";
    send(
        open(),
        """
        POST /v1/images/generations HTTP/1.1\r
        Host: a\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(NectarServer.KEY, body.length(), body));
    await().until(() -> backend.calls() == 2);
    var ports = HeldConnections.ports(sockets);
    sockets.getFirst().close();

    await().atMost(GIVEN_BACK).until(() -> HeldConnections.count(nectar.port(), ports) == 0);
  }

  /** All of them are there when the client is looked for, so that nothing arrives afterwards. */
  @Test
  void requests_sentAhead_areAnsweredInTurn() throws Exception {
    var socket = open();
    send(socket, "GET " + NectarServer.target("first") + " HTTP/1.1\r\nHost: a\r\n\r\n");
    await().until(() -> backend.calls() == 1);
    send(socket, "GET /status HTTP/1.1\r\nHost: a\r\n\r\n");
    send(socket, "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
    backend.release(1);

    var answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(answers).hasSizeGreaterThan(LARGE.length);
    assertThat(answers.split("HTTP/1.1 (?=\\d)"))
        .satisfiesExactly(
            nothing -> assertThat(nothing).isEmpty(),
            image -> assertThat(image).startsWith("200 ").contains("X-Cache: MISS"),
            status -> assertThat(status).startsWith("200 ").contains("\"generating\""),
            unknown -> assertThat(unknown).startsWith("404 "));
  }

  @Test
  void waiters_beyondHalfOfTheConnections_areTurnedAwayWhileOthersAreServed() throws Exception {
    backend.release(1);
    assertThat(nectar.image("known").statusCode()).isEqualTo(200);
    var beyond = 5;
    for (var i = 0; i < HeapShare.waiters() + beyond; i++) {
      send(open(), "GET " + NectarServer.target("awaited") + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> answered().size() == beyond);
    for (var socket : answered()) {
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 503 ")
          .containsPattern("Retry-After: [1-9]");
    }
    var ports = HeldConnections.ports(sockets);

    assertThat(header(nectar.image("known"), "X-Cache")).isEqualTo("HIT");
    assertThat(nectar.status().get("generating").asInt()).isEqualTo(1);
    for (var socket : sockets) {
      socket.close();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> HeldConnections.count(nectar.port(), ports) == 0);
    backend.release(1);
    assertThat(nectar.image("awaited").statusCode()).isEqualTo(200);
    assertThat(backend.calls()).isEqualTo(2);
  }

  private Socket open() throws IOException {
    var socket = RawExchange.open(nectar.port());
    sockets.add(socket);
    return socket;
  }

  private List<Socket> answered() throws IOException {
    var answered = new ArrayList<Socket>();
    for (var socket : sockets) {
      if (socket.getInputStream().available() > 0) {
        answered.add(socket);
      }
    }
    return answered;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }
}
