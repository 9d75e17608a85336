package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A chat that waits for its picture, or does not. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class ChatStreamTest extends PatientCase {

  ChatStreamTest(@TempDir Path cache) throws IOException {
    super(
        cache, SampleImages.png(3_000, 1), Map.of("URL_SIGNING_KEYS", "a-signing-key-of-24-chars"));
  }

  /** One that closes after its answer. */
  private Socket ask(String prompt, String members) throws IOException {
    var body =
        """
        {"messages":[{"role":"user","content":"%s"}],"stream":true%s}\
        """
            .formatted(prompt, members);
    var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port());
    socket.setSoTimeout(60_000);
    var request =
        """
        POST /v1/chat/completions HTTP/1.0\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(NectarServer.KEY, body.length(), body);
    socket.getOutputStream().write(request.getBytes(UTF_8));
    return socket;
  }

  private static List<String> skipHead(BufferedReader lines) throws IOException {
    var head = new ArrayList<String>();
    for (var line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      head.add(line);
    }
    return head;
  }

  @Test
  void stream_beginsWhileThePictureIsPainted() throws Exception {
    try (var socket = ask("awaited", "");
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      assertThat(skipHead(lines))
          .anyMatch(line -> line.contains(" 200"))
          .contains("X-Accel-Buffering: no");
      assertThat(lines.readLine()).startsWith("data: {").contains("\"role\":\"assistant\"");
      backend.release(1);

      assertThat(lines.lines().filter(line -> !line.isEmpty()))
          .satisfiesExactly(
              picture -> assertThat(picture).contains("![awaited](http"),
              stop -> assertThat(stop).contains("\"finish_reason\":\"stop\""),
              done -> assertThat(done).isEqualTo("data: [DONE]"));
    }
  }

  @Test
  void failure_ofABegunStream_isAnErrorInIt() throws Exception {
    backend.answersWith(500);
    try (var socket = ask("unlucky", "");
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      skipHead(lines);
      assertThat(lines.readLine()).contains("\"role\":\"assistant\"");
      backend.release(1);

      assertThat(lines.lines().filter(line -> !line.isEmpty()))
          .satisfiesExactly(error ->
              assertThat(error).startsWith("data: {\"error\":{").contains("\"server_error\""));
    }
  }

  @Test
  void client_thatHangsUp_endsNothingAndIsNoFault(CapturedOutput output) throws Exception {
    nectar.forget();
    Set<Integer> ports;
    try (var socket = ask("gone", ",\"seed\":42");
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      skipHead(lines);
      assertThat(lines.readLine()).contains("\"role\":\"assistant\"");
      ports = HeldConnections.ports(List.of(socket));
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> HeldConnections.count(nectar.port(), ports) == 0);
    backend.release(1);

    await().until(() -> nectar.status().get("cache").get("entries").asInt() == 1);
    assertThat(NectarServer.header(nectar.image("gone"), "X-Cache")).isEqualTo("HIT");
    assertThat(backend.calls()).isEqualTo(1);
    assertThat(output).doesNotContain("ERROR", "broke off");
  }

  /** As those do that lose patience. */
  @Test
  void client_thatComesBack_getsThePictureThatItLeft() throws Exception {
    try (var socket = ask("again", "")) {
      await().until(() -> backend.calls() == 1);
      socket.shutdownOutput();
    }
    try (var socket = ask("again", "");
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      skipHead(lines);
      backend.release(1);

      assertThat(lines.lines()).anyMatch(line -> line.contains("![again](http"));
    }
    assertThat(backend.calls()).isEqualTo(1);
  }
}
