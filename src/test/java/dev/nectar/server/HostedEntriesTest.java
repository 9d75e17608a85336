package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import dev.nectar.storage.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server whose images are hosted, and its key-value store. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class HostedEntriesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final Painter painter = Painter.start();
  private final PublishingHost host = PublishingHost.start();

  HostedEntriesTest() throws IOException {
    painter.paints(SampleImages.png(300, 1));
  }

  @AfterEach
  void stop() {
    host.close();
    painter.close();
  }

  private NectarServer start(Map<String, String> settings) {
    return NectarServer.start(directory, painter.url(), host.settings(settings));
  }

  private static void assertAnswer(NectarServer nectar, String location, String cacheUse)
      throws Exception {
    var answer = nectar.image("apple");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(NectarServer.header(answer, "Location")).isEqualTo("https://i.example/" + location);
    assertThat(NectarServer.header(answer, "X-Cache")).isEqualTo(cacheUse);
  }

  @Test
  void sqlite_keepsEntriesAcrossRuns() throws Exception {
    var settings = Map.of("KV_FILE", directory.resolve("cache.db").toString());
    try (var nectar = start(settings)) {
      assertAnswer(nectar, "1.png", "MISS");
    }
    try (var nectar = start(settings)) {
      assertAnswer(nectar, "1.png", "HIT");

      var status = nectar.status();
      assertThat(status.get("status").asString()).isEqualTo("ok");
      assertThat(status.get("cache").get("mode").asString()).isEqualTo("sqlite");
      assertThat(status.get("cache").get("entries").asInt()).isEqualTo(1);
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void redis_outOfReach_costsHitsAndNeverAnAnswer() throws Exception {
    try (var redis = RedisProcess.notStarted();
        var nectar = start(Map.of("REDIS_URL", redis.url()))) {
      assertAnswer(nectar, "1.png", "MISS");
      assertAnswer(nectar, "2.png", "MISS");
      var degraded = nectar.status();
      assertThat(degraded.get("status").asString()).isEqualTo("degraded");
      assertThat(degraded.get("cache"))
          .hasToString(
              "{\"mode\":\"redis\",\"available\":false,\"hits\":0,\"misses\":2,\"coalesced\":0}");
      assertThat(nectar.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(nectar.get("/actuator/health/readiness").statusCode()).isEqualTo(503);

      redis.start();

      await().atMost(PATIENCE).until(() -> isOk(nectar));
      assertThat(nectar.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertAnswer(nectar, "3.png", "MISS");
      assertAnswer(nectar, "3.png", "HIT");
    }
  }

  @Test
  void redis_goingDown_costsHitsAndNeverAnAnswer(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started();
        var nectar = start(Map.of("REDIS_URL", redis.url()))) {
      await().atMost(PATIENCE).until(() -> isOk(nectar));
      assertAnswer(nectar, "1.png", "MISS");
      assertAnswer(nectar, "1.png", "HIT");

      redis.kill();

      assertAnswer(nectar, "2.png", "MISS");
      assertAnswer(nectar, "3.png", "MISS");
      await().atMost(PATIENCE).until(() -> !isOk(nectar));
      assertAnswer(nectar, "4.png", "MISS");
      assertThat(output.getAll()).containsOnlyOnce(redis.url() + "/0 does not answer; until");
    }
  }

  private static boolean isOk(NectarServer nectar) throws Exception {
    return nectar.status().get("status").asString().equals("ok");
  }

  @Test
  void redis_withAPassword_isNowhereTold(CapturedOutput output) throws Exception {
    try (var redis = RedisProcess.started("requirepass canary/redis+word");
        var nectar =
            start(
                Map.of(
                    "REDIS_URL",
                    redis.url().replace("://", "://default:canary%2Fredis+word@"),
                    "logging.level.root",
                    "trace",
                    "logging.level.io.lettuce",
                    "trace"))) {
      await().atMost(PATIENCE).until(() -> isOk(nectar));
      assertAnswer(nectar, "1.png", "MISS");
      assertAnswer(nectar, "1.png", "HIT");
      redis.kill();
      assertThat(NectarServer.text(nectar.get("/status"))).doesNotContain("canary");
    }
    assertThat(output.getAll())
        .contains("io.lettuce", "DEBUG", "HELLO")
        .doesNotContain("canary/redis", "canary%2Fredis");
  }
}
