package dev.nectar.server;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Processes that share a Redis make each image once. */
class ClusterTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory;

  private static final AtomicInteger UPLOADS = new AtomicInteger();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static RedisServer redis;
  private static int redisPort;
  private static HttpServer host;
  private static PatientBackend backend;
  private static NectarProcess first;
  private static NectarProcess second;

  @BeforeAll
  static void start() throws Exception {
    try (var free = new ServerSocket(0)) {
      redisPort = free.getLocalPort();
    }
    redis = new RedisServer(redisPort);
    redis.start();
    backend = PatientBackend.start(SampleImages.png(3_000, 1));
    host = startHost();
    var other = CompletableFuture.supplyAsync(() -> node("second"));
    first = node("first");
    second = other.get(1, MINUTES);
  }

  @AfterAll
  static void stop() throws IOException {
    first.close();
    second.close();
    host.stop(0);
    backend.close();
    redis.stop();
    CLIENT.close();
  }

  private static HttpServer startHost() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          var answer =
              "{\"status_code\":200,\"image\":{\"url\":\"https://i.example/%d.png\"}}"
                  .formatted(UPLOADS.incrementAndGet())
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static NectarProcess node(String name) {
    try {
      return NectarProcess.start(
          Files.createDirectory(directory.resolve(name)),
          Map.of(
              "PROXY_ACCESS_KEY",
              NectarServer.KEY,
              "ADMIN_TOKEN",
              NectarServer.ADMIN_TOKEN,
              "BACKEND_API_URLS",
              backend.url(),
              "POLLINATIONS_ENABLED",
              "false",
              "IMAGE_HOSTING_ENABLED",
              "true",
              "IMAGE_HOSTING_PROVIDER",
              "picgo",
              "IMAGE_HOSTING_KEY",
              "a-hosting-key",
              "IMAGE_HOSTING_URL",
              "http://localhost:" + host.getAddress().getPort() + "/upload",
              "REDIS_URL",
              "redis://127.0.0.1:" + redisPort));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<HttpResponse<String>> ask(NectarProcess node, String prompt) {
    var url = "http://localhost:" + node.port() + NectarServer.target(prompt);
    return CLIENT.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), ofString());
  }

  private static String location(CompletableFuture<HttpResponse<String>> answer) throws Exception {
    var got = answer.get(1, MINUTES);
    assertThat(got.statusCode()).isEqualTo(302);
    return got.headers().firstValue("Location").orElseThrow();
  }

  private static int calls() {
    return backend.calls();
  }

  @Test
  void twoHundredRequests_spreadOverBothNodes_costOneCallAndOneUpload() throws Exception {
    var callsBefore = calls();
    var uploadsBefore = UPLOADS.get();
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (var i = 0; i < 200; i++) {
      answers.add(ask(i % 2 == 0 ? first : second, "a crowd"));
    }
    await().atMost(PATIENCE).until(() -> calls() == callsBefore + 1);
    backend.release(1);

    var url = location(answers.getFirst());
    for (var answer : answers) {
      assertThat(location(answer)).isEqualTo(url);
    }
    assertThat(calls()).isEqualTo(callsBefore + 1);
    assertThat(UPLOADS.get()).isEqualTo(uploadsBefore + 1);
  }

  @Test
  void node_killedWhileItMakesAnImage_isReplacedByAnother() throws Exception {
    var callsBefore = calls();
    try (var doomed = node("doomed")) {
      var lost = ask(doomed, "a hand-over");
      await().atMost(PATIENCE).until(() -> calls() == callsBefore + 1);
      var waiting = List.of(ask(first, "a hand-over"), ask(second, "a hand-over"));
      doomed.kill();

      // The call of the dead node and that of the one that takes over.
      await().atMost(PATIENCE).until(() -> calls() == callsBefore + 2);
      backend.release(2);
      assertThat(location(waiting.getFirst())).isEqualTo(location(waiting.getLast()));
      assertThat(lost).failsWithin(PATIENCE);
    }
    assertThat(calls()).isEqualTo(callsBefore + 2);
  }

  @Test
  void image_deletedAtAnotherNodeWhileItIsMade_doesNotComeBack() throws Exception {
    var callsBefore = calls();
    var answer = ask(first, "an afterthought");
    await().atMost(PATIENCE).until(() -> calls() == callsBefore + 1);

    assertThat(delete(second, "an afterthought")).isEqualTo(200);
    backend.release(1);
    location(answer);

    assertThat(delete(first, "an afterthought")).isEqualTo(404);
    assertThat(delete(second, "an afterthought")).isEqualTo(404);
  }

  private static int delete(NectarProcess node, String prompt)
      throws IOException, InterruptedException {
    var url = "http://localhost:" + node.port() + "/cache/delete";
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("X-Admin-Token", NectarServer.ADMIN_TOKEN)
                .POST(BodyPublishers.ofString("{\"prompt\":\"" + prompt + "\"}"))
                .build(),
            ofString())
        .statusCode();
  }
}
