package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A client of OpenAI's API that goes away in the middle of its answer. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class OpenAiHangUpTest {

  /** More than the buffers of a connection hold. */
  private static final int IMAGE_BYTES = 12_000_000;

  @Test
  void client_thatHangsUp_isNoFault(@TempDir Path cache, CapturedOutput output) throws Exception {
    try (var painter = Painter.start();
        var nectar =
            NectarServer.start(cache, painter.url(), Map.of("logging.level.dev.nectar", "debug"))) {
      painter.paints(SampleImages.png(IMAGE_BYTES, 1));
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port())) {
        var body = "{\"prompt\":\"gone\",\"n\":2,\"seed\":42}";
        var head =
            "POST /v1/images/generations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + NectarServer.KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readNBytes(15), UTF_8))
            .isEqualTo("HTTP/1.1 200 \r\n");
      }

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(output).contains("Client gone"));
      assertThat(output).doesNotContain("ERROR", "broke off");
      assertThat(nectar.image("gone").statusCode()).isEqualTo(200);
    }
  }
}
