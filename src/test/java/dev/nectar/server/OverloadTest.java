package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens above {@code MAX_CONCURRENT_GENERATIONS} and past {@code GENERATION_TIMEOUT}. */
@Tag("slow")
class OverloadTest {

  @TempDir private Path cache;

  @Test
  void generations_aboveTheLimit_queueAndAboveTheQueueAre503() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(SampleImages.png(300, 1));
        var nectar =
            NectarServer.start(cache, backend.url(), Map.of("MAX_CONCURRENT_GENERATIONS", "1"))) {
      backend.release(1);
      assertThat(nectar.image("known").statusCode()).isEqualTo(200);
      var answers = new ArrayList<Future<HttpResponse<byte[]>>>();
      for (var i = 0; i < 5; i++) {
        var prompt = "prompt " + i;
        answers.add(threads.submit(() -> nectar.image(prompt)));
      }
      await().until(() -> nectar.status().get("waiting").asInt() == 4);
      await().until(() -> backend.calls() == 2);

      var refused = nectar.image("one too many");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isPositive();
      assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
      assertError(nectar.order("{\"prompt\":\"one too many\"}"), 503);
      assertThat(nectar.status().get("generating").asInt()).isEqualTo(1);
      assertThat(header(nectar.image("known"), "X-Cache"))
          .as("hits wait for nobody")
          .isEqualTo("HIT");

      backend.release(5);
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
      assertThat(nectar.status().get("waiting").asInt()).isZero();
    }
  }

  @Test
  void generation_pastItsTime_is504() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(SampleImages.png(300, 1));
        var nectar =
            NectarServer.start(
                cache,
                backend.url(),
                Map.of("MAX_CONCURRENT_GENERATIONS", "1", "GENERATION_TIMEOUT", "300ms"))) {
      var first = threads.submit(() -> nectar.image("slow"));
      var queued = threads.submit(() -> nectar.image("behind it"));

      for (var answer : List.of(first, queued)) {
        assertThat(answer.get().statusCode()).isEqualTo(504);
        assertThat(header(answer.get(), "Content-Type")).isEqualTo("application/problem+json");
      }
      assertError(nectar.order("{\"prompt\":\"slow again\"}"), 504);
    }
  }

  private static void assertError(HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).at("/error/type").asString()).isEqualTo("server_error");
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("server_error");
    assertThat(header(answer, "Retry-After").isEmpty()).isEqualTo(status == 504);
  }
}
