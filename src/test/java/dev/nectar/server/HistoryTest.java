package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code GET /status/history}. */
class HistoryTest {

  @TempDir private Path cache;

  @Test
  void history_countsTheMinuteThatRuns() throws Exception {
    try (var painter = Painter.start();
        var nectar = NectarServer.start(cache, painter.url())) {
      painter.paints(SampleImages.png(200, 1));
      nectar.image("apple");
      nectar.image("apple");

      var history = json(nectar.get("/status/history"));
      assertThat(sum(history, "hits")).isEqualTo(1);
      assertThat(sum(history, "misses")).isEqualTo(1);
      assertThat(history.get("saved").get("images").asInt()).isEqualTo(1);
      assertThat(history.get("backends").get(0).get("painted").asInt()).isEqualTo(1);
      assertThat(history.get("backends").get(0).get("medianMillis").isNumber()).isTrue();
      assertThat(history.get("cacheMaxBytes").asLong()).isEqualTo(10L << 30);
    }
  }

  @Test
  void failures_areToldApart_andSaveNothing() throws Exception {
    var settings = Map.of("spring.profiles.active", "demo", "POLLINATIONS_ENABLED", "true");
    try (var nectar = NectarServer.start(cache, "http://unused", settings)) {
      var target = "/prompt/forbidden%20always?key=demo&width=64&height=64";
      assertThat(nectar.get(target).statusCode()).isEqualTo(502);
      assertThat(nectar.get(target).statusCode()).isEqualTo(502);

      var history = json(nectar.get("/status/history"));
      assertThat(sum(history, "misses")).isEqualTo(1);
      assertThat(sum(history, "hits")).isEqualTo(1);
      assertThat(failures(history, "misses")).isEqualTo(1);
      assertThat(failures(history, "hits")).isEqualTo(1);
      assertThat(history.get("saved").get("images").asInt()).isZero();
      assertThat(history.get("saved").get("backendCalls").asInt()).isZero();
    }
  }

  private static int sum(JsonNode history, String use) {
    return history.get("minutes").valueStream().mapToInt(minute -> minute.get(use).asInt()).sum();
  }

  private static int failures(JsonNode history, String use) {
    return history
        .get("minutes")
        .valueStream()
        .mapToInt(minute -> minute.get("failures").get(use).asInt())
        .sum();
  }
}
