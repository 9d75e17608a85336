package dev.nectar.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Clients that hang up in the middle: nothing to complain of. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class HangUpTest {

  private static final int CLIENTS = 10;

  /** More than the kernel takes in for a reader that reads nothing. */
  private static final byte[] LARGE = SampleImages.png(8_000_000, 1);

  private final Painter painter = Painter.start();

  @BeforeAll
  void paint() {
    painter.paints(LARGE);
  }

  @AfterAll
  void stop() {
    painter.close();
  }

  /** A cache that takes the image sends it as a file, one that is too small as a stream. */
  @ParameterizedTest
  @ValueSource(strings = {"10GB", "1MB"})
  void client_goneInMidAnswer_isNoError(
      String cacheSize, @TempDir Path cache, CapturedOutput output) throws Exception {
    var settings = Map.of("CACHE_MAX_SIZE", cacheSize, "logging.level.root", "info");
    try (var nectar = NectarServer.start(cache, painter.url(), settings)) {
      nectar.image("large");
      for (var reset : List.of(true, false)) {
        var clients = readABit(nectar);
        var ports = HeldConnections.ports(clients);
        assertThat(HeldConnections.count(nectar.port(), ports)).isEqualTo(CLIENTS);
        for (var socket : clients) {
          socket.setSoLinger(reset, 0);
          socket.close();
        }

        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> HeldConnections.count(nectar.port(), ports) == 0);
        assertThat(nectar.image("large").body()).isEqualTo(LARGE);
      }
    }
    assertThat(output.getAll().lines().filter(line -> !line.contains("could not be kept")))
        .isNotEmpty()
        .noneMatch(line -> line.matches(".*(WARN|ERROR|Exception|\\tat ).*"));
  }

  private static List<Socket> readABit(NectarServer nectar) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (var i = 0; i < CLIENTS; i++) {
      var socket = new Socket();
      sockets.add(socket);
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("localhost", nectar.port()));
      var request = "GET " + NectarServer.target("large") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }
    for (var socket : sockets) {
      assertThat(socket.getInputStream().readNBytes(1_000)).asString(ISO_8859_1).contains(" 200 ");
    }
    return sockets;
  }
}
