package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.SettableClock;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of OpenAI's API that give up and ask again, naming no seed. */
@Tag("slow")
class OpenAiRetryTest extends PatientCase {

  private static final SettableClock CLOCK = new SettableClock();
  private static final byte[] PNG = SampleImages.png(5_000, 1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What no other test orders. */
  private String order = "";

  private String prompt = "";
  private int tests;

  OpenAiRetryTest(@TempDir Path cache) throws IOException {
    super(cache, PNG, Map.of(), CLOCK);
  }

  @BeforeEach
  void nameAnother() throws Exception {
    nectar.forget();
    prompt = "apple " + tests++;
    order = "{\"prompt\":\"" + prompt + "\"}";
  }

  @AfterAll
  void end() {
    threads.close();
  }

  /** Asks, and is gone as soon as so many calls have been made. */
  private void giveUp(String order, int calls) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), nectar.port())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /v1/images/generations HTTP/1.1\r
              Host: localhost\r
              Authorization: Bearer %s\r
              Content-Type: application/json\r
              Content-Length: %d\r
              \r
              %s\
              """
                  .formatted(NectarServer.KEY, order.length(), order)
                  .getBytes(UTF_8));
      await().until(() -> backend.calls() == calls);
    }
  }

  private CompletableFuture<HttpResponse<byte[]>> ask(String order) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return nectar.order(order);
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        },
        threads);
  }

  private void assertPainted(CompletableFuture<HttpResponse<byte[]>> answer) throws Exception {
    var told = answer.get(30, SECONDS);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(Base64.getDecoder().decode(json(told).at("/data/0/b64_json").asString()))
        .isEqualTo(PNG);
  }

  @Test
  void picture_thatItsAskerLeft_isTheNextOnesWhileItIsMade() throws Exception {
    giveUp(order, 1);
    var again = ask(order);
    await().until(() -> nectar.status().get("generating").asInt() == 1);
    backend.release(2);

    assertPainted(again);
    assertThat(backend.calls()).isEqualTo(1);
  }

  @Test
  void picture_thatItsAskerLeft_isTheNextOnesOnceItIsMade() throws Exception {
    giveUp(order, 1);
    backend.release(3);
    await().until(() -> nectar.status().at("/cache/entries").asInt() == 1);
    CLOCK.step(Duration.ofMinutes(9));

    assertPainted(ask(order));
    assertThat(backend.calls()).isEqualTo(1);
    assertPainted(ask(order));
    assertThat(backend.calls()).as("it was given away").isEqualTo(2);
  }

  @Test
  void picture_thatItsAskerLeft_isNobodysAfterTenMinutes() throws Exception {
    giveUp(order, 1);
    backend.release(2);
    await().until(() -> nectar.status().at("/cache/entries").asInt() == 1);
    CLOCK.step(Duration.ofMinutes(11));

    assertPainted(ask(order));
    assertThat(backend.calls()).isEqualTo(2);
  }

  @Test
  void pictures_thatTheirAskerLeftTwice_areStillTheNextOnes() throws Exception {
    order = order.replace("}", ",\"n\":3}");
    giveUp(order, 3);
    giveUp(order, 3);
    backend.release(10);

    assertThat(json(ask(order).get(30, SECONDS)).get("data")).hasSize(3);
    assertThat(backend.calls()).isEqualTo(3);
  }

  @Test
  void picture_thatItsAskerLeft_isNotForAnotherOrder() throws Exception {
    giveUp(order, 1);
    backend.release(10);

    for (var other :
        List.of(
            "{\"prompt\":\"a pear\"}",
            "{\"prompt\":\"" + prompt + "\",\"model\":\"m\"}",
            "{\"prompt\":\"" + prompt + "\",\"size\":\"64x64\"}",
            "{\"prompt\":\"" + prompt + "\",\"quality\":\"high\"}",
            "{\"prompt\":\"" + prompt + "\",\"seed\":7}",
            "{\"prompt\":\"" + prompt + "\",\"seed\":-1}")) {
      assertThat(ask(other).get(30, SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(backend.calls()).isEqualTo(7);
  }

  @Test
  void askers_whoAreStillThere_getDifferentPictures() throws Exception {
    var answers = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
    for (var i = 0; i < 10; i++) {
      answers.add(ask(order));
    }
    await().until(() -> backend.calls() == 10);
    backend.release(20);
    for (var answer : answers) {
      assertPainted(answer);
    }

    assertPainted(ask(order));
    assertThat(backend.calls()).as("all had their answers").isEqualTo(11);
    assertThat(nectar.status().at("/cache/entries").asInt()).isEqualTo(11);
  }

  @Test
  void stream_thatItsAskerLeft_isTheNextOnes() throws Exception {
    order = order.replace("}", ",\"stream\":true}");
    giveUp(order, 1);
    var again = ask(order);
    backend.release(2);

    assertThat(NectarServer.text(again.get(30, SECONDS))).contains("image_generation.completed");
    assertThat(backend.calls()).isEqualTo(1);
  }
}
