package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /status} and the probes. */
@Tag("slow")
class StatusTest {

  @TempDir private Path cache;

  @Test
  void status_fresh_tellsAllAndNoSecret() throws Exception {
    var settings =
        Map.of(
            "BACKEND_WEIGHTS",
                "{\"http://user:pass-word@localhost:1/x/v1?token=query-token\": 0.5}",
            "AUTH_TOKEN", "an-auth-token");
    try (var nectar =
        NectarServer.start(
            cache, "http://user:pass-word@localhost:1/x/v1?token=query-token", settings)) {
      var answer = nectar.get("/status");
      var status = NectarServer.json(answer);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(NectarServer.header(answer, "X-Request-Id")).isNotEmpty();
      assertThat(NectarServer.text(answer))
          .doesNotContain(
              "pass-word",
              "user:",
              "query-token",
              "an-auth-token",
              NectarServer.KEY,
              NectarServer.ADMIN_TOKEN);
      assertThat(status.propertyNames())
          .containsExactlyInAnyOrder(
              "status",
              "uptimeSeconds",
              "version",
              "backends",
              "cache",
              "imageHosting",
              "llmOptimization",
              "deNsfwRewriting",
              "fallback",
              "spend",
              "generating",
              "waiting");
      assertThat(status.get("status").asString()).isEqualTo("ok");
      assertThat(status.get("backends"))
          .hasToString(
              "[{\"url\":\"http://localhost:1/x/v1\",\"weight\":0.5,\"protocol\":\"images\",\"state\":\"up\",\"requests\":0,\"failures\":0,\"blocked\":0,\"unclear\":0,\"lastFailure\":null,\"leftOut\":[]}]");
      assertThat(status.get("cache"))
          .hasToString(
              "{\"mode\":\"filesystem\",\"available\":true,\"entries\":0,\"bytes\":0,\"hits\":0,\"misses\":0,\"coalesced\":0}");
      assertThat(status.get("imageHosting").get("enabled").asBoolean()).isFalse();
      assertThat(status.get("fallback").get("enabled").asBoolean()).isFalse();
      assertThat(status.get("version").asString()).isNotBlank();
      assertThat(nectar.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(nectar.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void status_followsTheBackends() throws Exception {
    try (var good = Painter.start();
        var bad = Painter.start();
        var nectar =
            NectarServer.start(
                cache,
                bad.url() + "," + good.url(),
                Map.of("BACKEND_WEIGHTS", "{\"" + good.url() + "\": 0}"))) {
      good.paints(SampleImages.png(200, 1));
      bad.fails(500, "");
      ask(nectar, 5, "first", 200);

      var degraded = nectar.status();
      assertThat(degraded.get("status").asString()).isEqualTo("degraded");
      assertThat(degraded.get("backends").get(0).get("state").asString()).isEqualTo("resting");
      assertThat(degraded.get("backends").get(0).get("failures").asInt()).isEqualTo(3);
      assertThat(degraded.get("backends").get(1).get("state").asString()).isEqualTo("up");
      assertThat(degraded.get("backends").get(1).get("requests").asInt()).isEqualTo(5);
      assertThat(degraded.get("cache").get("entries").asInt()).isEqualTo(5);
      assertThat(degraded.get("cache").get("misses").asInt()).isEqualTo(5);

      good.fails(429, "");
      ask(nectar, 10, "second", 502);
      assertThat(nectar.status().get("status").asString()).isEqualTo("down");
      assertThat(nectar.get("/status").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void backends_allFailing_costLittleMoreThanOneCallARequest() throws Exception {
    try (var first = Painter.start();
        var second = Painter.start();
        var nectar = NectarServer.start(cache, first.url() + "," + second.url())) {
      first.fails(500, "");
      second.fails(500, "");
      ask(nectar, 200, "failing", 502);

      assertThat(first.calls().size() + second.calls().size()).isLessThanOrEqualTo(243);
      first.paints(SampleImages.png(200, 1));
      second.paints(SampleImages.png(200, 1));
      ask(nectar, 1, "mended", 200);
      assertThat(nectar.status().get("status").asString()).isNotEqualTo("down");
    }
  }

  @Test
  void readiness_whileNoEntryCanBeKeptOrRead_isDown() throws Exception {
    var file = Files.createFile(cache.resolve("file"));
    try (var nectar = NectarServer.start(file, "http://localhost:1")) {
      var ready = nectar.get("/actuator/health/readiness");

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(NectarServer.text(ready)).doesNotContain("file");
      assertThat(nectar.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(nectar.status().get("status").asString()).isEqualTo("degraded");
    }
  }

  private static void ask(NectarServer nectar, int times, String prompt, int status)
      throws IOException, InterruptedException {
    for (var i = 0; i < times; i++) {
      assertThat(nectar.image(prompt + " " + i).statusCode()).isEqualTo(status);
    }
  }
}
