package dev.nectar.server;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Servers that share a Redis, and nothing else, make each image once. */
@Tag("slow")
class ClusterTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static Path directory;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static RedisProcess redis;
  private static PublishingHost host;
  private static PatientBackend backend;
  private static NectarServer first;
  private static NectarServer second;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisProcess.started();
    backend = PatientBackend.start(SampleImages.png(3_000, 1));
    host = PublishingHost.start();
    first = NectarServer.start(newDirectory("first"), backend.url(), shared());
    second = NectarServer.start(newDirectory("second"), backend.url(), shared());
  }

  @AfterAll
  static void stop() throws IOException {
    first.close();
    second.close();
    host.close();
    backend.close();
    redis.close();
    CLIENT.close();
  }

  private static Path newDirectory(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  private static Map<String, String> shared() {
    return host.settings(Map.of("REDIS_URL", redis.url()));
  }

  /** One that can be killed. */
  private static NectarProcess process() throws IOException {
    var environment = new LinkedHashMap<>(shared());
    environment.put("PROXY_ACCESS_KEY", NectarServer.KEY);
    environment.put("BACKEND_API_URLS", backend.url());
    environment.put("POLLINATIONS_ENABLED", "false");
    return NectarProcess.start(newDirectory("doomed"), environment);
  }

  private static CompletableFuture<HttpResponse<String>> ask(NectarServer node, String prompt) {
    return ask(node.port(), prompt);
  }

  private static CompletableFuture<HttpResponse<String>> ask(int port, String prompt) {
    var url = "http://localhost:" + port + NectarServer.target(prompt);
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
    var uploadsBefore = host.uploads();
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
    assertThat(host.uploads()).isEqualTo(uploadsBefore + 1);
  }

  /** Keys are in Redis, too, and so is what each has left. */
  @Test
  void key_madeAtOneNode_isGoodAndEndsAtTheOther() throws Exception {
    var made =
        admin(
            "POST",
            "/admin/keys",
            "{\"name\": \"a\", \"budget\": {\"pictures\": 1, \"per\": \"day\"}}");
    var key = JsonMapper.shared().readTree(made.body());
    var secret = key.get("key").asString();
    await().atMost(PATIENCE).until(() -> isKnown(secret, second));
    backend.release(1);
    assertThat(by(secret, second, "/prompt/by%20key").get(1, MINUTES).statusCode()).isEqualTo(302);
    assertThat(by(secret, first, "/prompt/by%20key%2C%20another").get(1, MINUTES).statusCode())
        .isEqualTo(402);

    var id = key.get("id").asString();
    assertThat(admin("DELETE", "/admin/keys/" + id, "").statusCode()).isEqualTo(204);

    assertThat(by(secret, first, "/prompt/by%20key").get(1, MINUTES).statusCode()).isEqualTo(401);
    await().atMost(PATIENCE).until(() -> !isKnown(secret, second));
  }

  private static HttpResponse<String> admin(String method, String target, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + first.port() + target))
            .header("X-Admin-Token", NectarServer.ADMIN_TOKEN)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        ofString());
  }

  private static boolean isKnown(String key, NectarServer node) throws Exception {
    return by(key, node, "/v1/models").get(1, MINUTES).statusCode() == 200;
  }

  private static CompletableFuture<HttpResponse<String>> by(
      String key, NectarServer node, String target) {
    var url = "http://localhost:" + node.port() + target;
    return CLIENT.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + key).build(),
        ofString());
  }

  @Test
  void node_killedWhileItMakesAnImage_isReplacedByAnother() throws Exception {
    var callsBefore = calls();
    try (var doomed = process()) {
      var lost = ask(doomed.port(), "a hand-over");
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

  /** Made, kept and asked for at another node while Redis does not answer. */
  @Test
  void redis_thatPauses_costsNoSecondCall() throws Exception {
    var callsBefore = calls();
    var answer = ask(first, "a pause");
    await().atMost(PATIENCE).until(() -> calls() == callsBefore + 1);

    redis.hold();
    backend.release(1);
    var other = ask(second, "a pause");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> calls() == callsBefore + 1 && !other.isDone());
    redis.release();

    assertThat(location(other)).isEqualTo(location(answer));
    assertThat(calls()).isEqualTo(callsBefore + 1);
  }

  @Test
  void image_deletedAtAnotherNodeWhileItIsMade_doesNotComeBack() throws Exception {
    var callsBefore = calls();
    var answer = ask(first, "an afterthought");
    await().atMost(PATIENCE).until(() -> calls() == callsBefore + 1);

    var uploadsBefore = host.uploads();
    assertThat(delete(second, "an afterthought")).isEqualTo(200);
    backend.release(1);
    assertThat(answer.get(1, MINUTES).statusCode()).as("the image, not a link").isEqualTo(200);

    assertThat(host.uploads()).isEqualTo(uploadsBefore);
    assertThat(delete(first, "an afterthought")).isEqualTo(404);
    assertThat(delete(second, "an afterthought")).isEqualTo(404);
  }

  private static int delete(NectarServer node, String prompt)
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
