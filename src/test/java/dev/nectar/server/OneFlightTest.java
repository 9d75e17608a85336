package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Identical requests share one generation. */
@Tag("slow")
class OneFlightTest extends PatientCase {

  private static final byte[] PNG = SampleImages.png(3_000, 1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  OneFlightTest(@TempDir Path cache) throws IOException {
    super(cache, PNG, Map.of("MAX_CONNECTIONS_PER_CLIENT", "1100"));
  }

  @AfterAll
  void end() {
    threads.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    nectar.forget();
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  @Test
  void aThousandRequests_costOneCallAndGetTheSameBytes() throws Exception {
    var before = nectar.status().get("cache");
    var answers = new ArrayList<Future<HttpResponse<byte[]>>>();
    for (var i = 0; i < 1_000; i++) {
      answers.add(ask("a crowd"));
    }
    await().until(() -> backend.calls() == 1);
    backend.release(1);

    var misses = 0;
    for (var answer : answers) {
      var got = answer.get();
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.body()).isEqualTo(PNG);
      misses += header(got, "X-Cache").equals("MISS") ? 1 : 0;
    }
    assertThat(misses).isEqualTo(1);
    assertThat(backend.calls()).isEqualTo(1);
    var cache = nectar.status().get("cache");
    assertThat(cache.get("misses").asInt()).isEqualTo(before.get("misses").asInt() + 1);
    assertThat(served(cache)).isEqualTo(served(before) + 999);
  }

  private static int served(JsonNode cache) {
    return cache.get("hits").asInt() + cache.get("coalesced").asInt();
  }

  @Test
  void client_thatHangsUp_leavesTheImageBehind() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port())) {
      var request = "GET " + NectarServer.target("gone") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      await().until(() -> backend.calls() == 1);
    }
    backend.release(1);
    await().until(() -> nectar.status().get("cache").get("entries").asInt() == 1);

    assertThat(header(nectar.image("gone"), "X-Cache")).isEqualTo("HIT");
    assertThat(backend.calls()).isEqualTo(1);
  }

  @Test
  void flight_failed_failsForAllAndTheNextOneTriesAgain() throws Exception {
    backend.answersWith(500);
    var answers = List.of(ask("failing"), ask("failing"), ask("failing"));
    await().until(() -> backend.calls() >= 1);
    backend.release(answers.size());
    for (var answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(502);
    }

    var calls = backend.calls();
    backend.answersWith(200);
    backend.release(1);
    assertThat(nectar.image("failing").statusCode()).isEqualTo(200);
    assertThat(backend.calls()).isEqualTo(calls + 1);
  }

  @Test
  void delete_duringAGeneration_wins() throws Exception {
    var answer = ask("deleted");
    await().until(() -> backend.calls() == 1);

    assertThat(nectar.delete("{\"description\":\"deleted\"}").statusCode()).isEqualTo(200);
    backend.release(1);

    assertThat(answer.get().statusCode()).isEqualTo(200);
    assertThat(answer.get().body()).isEqualTo(PNG);
    assertThat(nectar.status().get("cache").get("entries").asInt()).isZero();
    backend.release(1);
    assertThat(header(nectar.image("deleted"), "X-Cache")).isEqualTo("MISS");
  }

  private Future<HttpResponse<byte[]>> ask(String prompt) {
    return threads.submit(() -> nectar.image(prompt));
  }
}
