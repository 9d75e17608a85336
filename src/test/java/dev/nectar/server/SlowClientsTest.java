package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Clients that take their time, or take nothing. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class SlowClientsTest {

  private static final int CLIENTS = 20;
  private static final Duration LIMIT = Duration.ofMillis(800);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** More than the kernel takes in for a reader that reads nothing. */
  private static final byte[] LARGE = SampleImages.png(8_000_000, 1);

  private final Painter painter = Painter.start();
  private final ScheduledExecutorService drips = Executors.newScheduledThreadPool(1);
  private final List<ScheduledFuture<?>> dripping = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final NectarServer nectar;

  SlowClientsTest(@TempDir Path cache) {
    nectar = start(cache, Map.of());
  }

  @AfterEach
  void hangUp() throws IOException {
    dripping.forEach(drip -> drip.cancel(false));
    dripping.clear();
    for (var socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @AfterAll
  void stop() {
    drips.shutdownNow();
    nectar.close();
    painter.close();
  }

  @Test
  void heads_thatDribble_areCutOff() throws Exception {
    connect(nectar, "GET /status HTTP/1.1\r\nX-Slow: ");
    dribble();

    assertThat(sockets).allSatisfy(socket -> assertThat(answer(socket)).isEmpty());
    assertThat(nectar.status().get("status").asString()).isEqualTo("ok");
  }

  @Test
  void bodies_thatDribble_areAnsweredAndCutOff() throws Exception {
    connect(nectar, post(NectarServer.KEY) + "{\"prompt\": \"");
    dribble();

    assertThat(sockets).allSatisfy(socket -> assertThat(answer(socket)).contains(" 408 "));
  }

  /** Pictures of a phone take longer than anything else may. */
  @Test
  void upload_thatIsSlowButSteady_isTaken() throws Exception {
    var form = MultipartBody.of("prompt", "steady", "image", SampleImages.png(1_000_000, 2));
    painter.paints(SampleImages.png(1_000, 3));
    var head =
        "POST /prompt HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                .formatted(NectarServer.KEY)
            + "Content-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(MultipartBody.TYPE, form.length);
    connect(nectar, 1, head);
    var pieces = new ByteArrayInputStream(form);
    dripping.add(
        drips.scheduleAtFixedRate(
            () -> pass(pieces, sockets.getFirst()), 0, LIMIT.toMillis() / 4, MILLISECONDS));

    assertThat(answer(sockets.getFirst())).startsWith("HTTP/1.1 200 ");
    assertThat(pieces.available()).isZero();
  }

  private static void pass(InputStream pieces, Socket socket) {
    try {
      socket.getOutputStream().write(pieces.readNBytes(64 * 1024));
    } catch (IOException e) {
      throw new IllegalStateException("closed, so nothing more is sent", e);
    }
  }

  @Test
  void bodies_thatNobodyReads_areAnsweredAtOnceAndCutOff() throws Exception {
    connect(nectar, post("wrong"));
    dribble();

    assertThat(sockets).allSatisfy(socket -> assertThat(answer(socket)).contains(" 401 "));
  }

  @Test
  void connection_thatAsksNothingMore_isClosed() throws Exception {
    connect(nectar, "GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(sockets).allSatisfy(socket -> assertThat(answer(socket)).contains(" 200 "));
  }

  /** A cache that takes the image sends it as a file, one that is too small as a stream. */
  @ParameterizedTest
  @ValueSource(strings = {"10GB", "1MB"})
  void readers_thatReadNothing_areCutOff(
      String cacheSize, @TempDir Path cache, CapturedOutput output) throws Exception {
    painter.paints(LARGE);
    try (var server = start(cache, Map.of("CACHE_MAX_SIZE", cacheSize))) {
      // Has it made without reading it, under the same short time to write.
      server.send("HEAD", NectarServer.target("large"), "");
      connect(
          server, "GET " + NectarServer.target("large") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      for (var socket : sockets) {
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      }

      var ports = HeldConnections.ports(sockets);
      await().atMost(PATIENCE).until(() -> HeldConnections.count(server.port(), ports) == 0);
      assertThat(sockets).allSatisfy(socket -> assertThat(answer(socket)).contains("image/png"));
      assertThat(output).doesNotContain("ERROR", "\tat ");
    }
  }

  private NectarServer start(Path cache, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("server.tomcat.connection-timeout", LIMIT.toMillis() + "ms");
    all.put("server.tomcat.keep-alive-timeout", LIMIT.toMillis() + "ms");
    return NectarServer.start(cache, painter.url(), all);
  }

  private static String post(String key) {
    return "POST /prompt HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n".formatted(key)
        + "Content-Length: 100000\r\n\r\n";
  }

  private void connect(NectarServer nectar, String start) throws IOException {
    connect(nectar, CLIENTS, start);
  }

  private void connect(NectarServer nectar, int clients, String start) throws IOException {
    for (var i = 0; i < clients; i++) {
      var socket = new Socket();
      sockets.add(socket);
      socket.setReceiveBufferSize(4_096);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(new InetSocketAddress("localhost", nectar.port()));
      socket.getOutputStream().write(start.getBytes(ISO_8859_1));
    }
  }

  /** Sends a byte every now and then, each in time by itself. */
  private void dribble() {
    for (var socket : sockets) {
      dripping.add(
          drips.scheduleAtFixedRate(() -> drip(socket), 0, LIMIT.toMillis() / 8, MILLISECONDS));
    }
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write('a');
    } catch (IOException e) {
      throw new IllegalStateException("closed, so nothing more is sent", e);
    }
  }

  /** All that comes until the connection ends. */
  private static String answer(Socket socket) throws IOException {
    var answer = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      assertThat(e).as("while it was still sending").hasMessageContaining("reset");
    }
    assertThat(answer.size()).isLessThan(LARGE.length);
    return answer.toString(ISO_8859_1);
  }
}
