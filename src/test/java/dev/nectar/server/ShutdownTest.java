package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that stops. */
class ShutdownTest {

  @Test
  void shutdown_sendsAwayTheLineAtOnceAndBeginsNoneOfIt(@TempDir Path cache) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(SampleImages.png(300, 1));
        var nectar =
            NectarServer.start(cache, backend.url(), Map.of("MAX_CONCURRENT_GENERATIONS", "1"))) {
      var underWay = threads.submit(() -> nectar.image("under way"));
      await().until(() -> backend.calls() == 1);
      var line = new ArrayList<Future<HttpResponse<byte[]>>>();
      for (var number = 0; number < 4; number++) {
        var prompt = "in line " + number;
        line.add(threads.submit(() -> nectar.image(prompt)));
      }
      await().until(() -> nectar.status().get("waiting").asInt() == line.size());

      var stop = threads.submit(nectar::close);

      for (var answer : line) {
        assertThat(answer.get().statusCode()).isEqualTo(503);
        assertThat(header(answer.get(), "Retry-After")).isNotEmpty();
      }
      assertThat(underWay).isNotDone();
      assertThat(nectar.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(nectar.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      backend.release(1);
      assertThat(underWay.get().statusCode()).isEqualTo(200);
      stop.get();
      assertThat(backend.calls()).isEqualTo(1);
    }
  }

  @Test
  void shutdown_beforeAGenerationEnds_sendsThoseWhoWaitAwayInTime(@TempDir Path cache)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(SampleImages.png(300, 1));
        var nectar =
            NectarServer.start(cache, backend.url(), Map.of("SHUTDOWN_TIMEOUT", "100ms"))) {
      var underWay = threads.submit(() -> nectar.image("under way"));
      await().until(() -> backend.calls() == 1);

      var stop = threads.submit(nectar::close);

      assertThat(underWay.get(8, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
      assertThat(header(underWay.get(), "Retry-After")).isNotEmpty();
      stop.get(8, TimeUnit.SECONDS);
    }
  }

  @Test
  void shutdown_duringAGeneration_finishesItAndBeginsNoOther(@TempDir Path cache) throws Exception {
    var png = SampleImages.png(300, 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(png);
        var nectar = NectarServer.start(cache, backend.url())) {
      var underWay = threads.submit(() -> nectar.image("under way"));
      await().until(() -> backend.calls() == 1);
      var stop = threads.submit(nectar::close);
      var later = new ArrayList<Future<HttpResponse<byte[]>>>();
      await()
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            var prompt = "later " + later.size();
            later.add(threads.submit(() -> nectar.image(prompt)));
            return later.stream().anyMatch(Future::isDone);
          });
      var refused = later.stream().filter(Future::isDone).map(Future::resultNow).toList();
      backend.release(later.size() + 1);

      assertThat(underWay.get().body()).isEqualTo(png);
      assertThat(refused)
          .allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "Retry-After")).isNotEmpty();
          });
      stop.get();
    }
  }
}
