package dev.nectar.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.SettableClock;
import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does while somebody sets the machine's clock. */
@Timeout(60)
@Tag("slow")
class ClockStepsTest {

  @TempDir private Path cache;

  private final SettableClock clock = new SettableClock(Instant.now());

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void generation_underWay_bringsItsImageAndTellsItsTrueDuration(int hours) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(SampleImages.png(300, 1));
        var nectar = NectarServer.start(cache, backend.url(), Map.of(), clock)) {
      var answer = threads.submit(() -> nectar.image("an apple", "Accept", "text/event-stream"));
      await().until(() -> backend.calls() == 1);

      clock.step(Duration.ofHours(hours));
      backend.release(1);

      assertThat(NectarServer.text(answer.get()))
          .contains("event: done")
          .containsPattern("\"milliseconds\":\\d{1,5}\\D");
      var again = nectar.image("an apple");
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(NectarServer.header(again, "X-Cache")).isEqualTo("HIT");
      assertThat(nectar.status().get("uptimeSeconds").asLong()).isBetween(0L, 60L);
    }
  }

  @Test
  void generation_whileTheClockIsSetBack_endsWhenItsTimeIsOver() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var backend = PatientBackend.start(SampleImages.png(300, 1));
        var nectar =
            NectarServer.start(cache, backend.url(), Map.of("GENERATION_TIMEOUT", "1s"), clock)) {
      var answer = threads.submit(() -> nectar.image("an apple"));
      await().until(() -> backend.calls() == 1);

      clock.step(Duration.ofHours(-1));

      assertThat(answer.get().statusCode()).isEqualTo(504);
    }
  }
}
