package dev.nectar.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What Tomcat cannot read of a request may be a key that was mistyped. */
@ExtendWith(OutputCaptureExtension.class)
class MalformedRequestLogTest {

  private static final String MISTYPED = "mistyped-canary";

  private static final String[] HEADERS = {
    "X-Admin-Token : " + MISTYPED,
    "X-A: a\rX-Admin-Token: " + MISTYPED,
    "Authorization: Bearer a\r\n " + MISTYPED + "\2",
    "X-A: a\1" + MISTYPED,
    "Host: " + MISTYPED + "_b:99999"
  };

  @Test
  void malformedHeaders_areNotInTheLog_atAnyLevel(@TempDir Path cache, CapturedOutput output)
      throws Exception {
    try (var nectar =
        NectarServer.start(
            cache, "http://localhost:9", Map.of("logging.level.org.apache", "trace"))) {
      for (var header : HEADERS) {
        try (var socket = new Socket("localhost", nectar.port())) {
          var host = header.startsWith("Host") ? "" : "Host: localhost\r\n";
          socket
              .getOutputStream()
              .write(
                  ("GET / HTTP/1.1\r\n" + host + header + "\r\nConnection: close\r\n\r\n")
                      .getBytes(US_ASCII));
          assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
              .startsWith("HTTP/1.1 ");
        }
      }
    }
    assertThat(output.getAll()).contains("o.a.").doesNotContain(MISTYPED, "\tat ");
  }
}
