package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code RATE_LIMIT} spares the operator, and whom it leaves alone. */
@Tag("slow")
class RateLimitTest {

  @TempDir private Path cache;
  private final byte[] png = SampleImages.png(300, 1);
  private final PatientBackend backend = PatientBackend.start(png);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RateLimitTest() throws IOException {}

  @AfterEach
  void stop() {
    backend.close();
    threads.close();
  }

  @Test
  void generations_aboveTheRate_are429AndHitsAreNot() throws Exception {
    backend.release(2);
    try (var nectar = start(Map.of("RATE_LIMIT", "2/h"))) {
      assertThat(header(nectar.image("one"), "RateLimit")).startsWith("\"client\";r=1;t=");
      assertThat(header(nectar.image("two"), "RateLimit")).startsWith("\"client\";r=0;t=");

      var refused = nectar.image("three");
      assertRefused(refused);
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1_700, 1_800);
      assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"client\";q=2;w=3600");
      assertThat(header(refused, "RateLimit"))
          .isEqualTo("\"client\";r=0;t=" + header(refused, "Retry-After"));
      var hit = nectar.image("one");
      assertThat(hit.statusCode()).isEqualTo(200);
      assertThat(header(hit, "X-Cache")).isEqualTo("HIT");
      assertThat(header(hit, "RateLimit")).isEmpty();
      assertThat(backend.calls()).isEqualTo(2);
    }
  }

  @Test
  void request_thatJoinsAFlight_isNotLimited() throws Exception {
    try (var nectar = start(Map.of("RATE_LIMIT", "1/h"))) {
      var first = threads.submit(() -> nectar.image("shared"));
      await().until(() -> backend.calls() == 1);
      var second = threads.submit(() -> nectar.image("shared"));
      assertRefused(nectar.image("another"));
      backend.release(1);

      assertThat(first.get().body()).isEqualTo(png);
      assertThat(second.get().body()).isEqualTo(png);
    }
  }

  @Test
  void generation_thatNeverBegan_costsNothing() throws Exception {
    var settings = Map.of("RATE_LIMIT", "6/h", "MAX_CONCURRENT_GENERATIONS", "1");
    try (var nectar = start(settings)) {
      var answers =
          IntStream.range(0, 5)
              .mapToObj(i -> threads.submit(() -> nectar.image("prompt " + i)))
              .toList();
      await().until(() -> nectar.status().get("waiting").asInt() == 4);
      for (var i = 0; i < 3; i++) {
        var overloaded = nectar.image("one too many");
        assertThat(overloaded.statusCode()).isEqualTo(503);
        assertThat(header(overloaded, "RateLimit")).startsWith("\"client\";r=1");
      }
      backend.release(6);
      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }

      assertThat(nectar.image("one too many").statusCode()).isEqualTo(200);
      assertRefused(nectar.image("yet another"));
    }
  }

  @Test
  void clients_behindATrustedProxy_areToldApart() throws Exception {
    backend.release(10);
    var settings = Map.of("RATE_LIMIT", "1/h", "TRUSTED_PROXIES", "127.0.0.0/8, ::1");
    try (var nectar = start(settings)) {
      assertThat(from(nectar, "203.0.113.1").statusCode()).isEqualTo(200);
      assertRefused(from(nectar, "203.0.113.1"));
      assertRefused(from(nectar, "203.0.113.2, 203.0.113.1"));
      assertThat(from(nectar, "203.0.113.2").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void forwardedFor_ofSomebodyElse_changesNothing() throws Exception {
    backend.release(10);
    try (var nectar = start(Map.of("RATE_LIMIT", "1/h", "TRUSTED_PROXIES", "192.0.2.1"))) {
      assertThat(from(nectar, "203.0.113.1").statusCode()).isEqualTo(200);
      assertRefused(from(nectar, "203.0.113.2"));
    }
  }

  private NectarServer start(Map<String, String> settings) {
    return NectarServer.start(cache, backend.url(), settings);
  }

  private int asked;

  private HttpResponse<byte[]> from(NectarServer nectar, String forwardedFor) throws Exception {
    return nectar.image("prompt " + asked++, "X-Forwarded-For", forwardedFor);
  }

  private static void assertRefused(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(answer, "Retry-After")).isNotEmpty();
    assertThat(NectarServer.json(answer).get("requestId").asString())
        .isEqualTo(header(answer, "X-Request-Id"));
  }
}
