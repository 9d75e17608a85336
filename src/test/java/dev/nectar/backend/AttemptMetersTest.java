package dev.nectar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nectar.backend.BackendReply.Busy;
import dev.nectar.backend.BackendReply.Evidence;
import dev.nectar.backend.BackendReply.Failed;
import dev.nectar.backend.BackendReply.Painted;
import dev.nectar.backend.BackendReply.Refused;
import dev.nectar.backend.BackendReply.Unclear;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptMetersTest {

  private static final String BACKEND = "https://a.example";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AttemptMeters meters = new AttemptMeters(registry, BACKEND);
  private final Painted painted;

  AttemptMetersTest(@TempDir Path directory) throws IOException {
    var bytes = new ByteArrayInputStream(SampleImages.bytes(ImageFormat.PNG, 200, 1));
    painted = new Painted(new StagingArea(directory, 1_000).stage(bytes), null, null);
  }

  @AfterEach
  void discard() {
    painted.close();
  }

  private void paint(int millis) {
    meters.count(painted, Duration.ofMillis(millis));
  }

  @Test
  void median_ofNone_isUnknown() {
    meters.count(new Failed("timeout"), Duration.ofMillis(5));

    assertThat(meters.medianMillis()).isNull();
  }

  @Test
  void median_isTheMiddleOneWhateverTheOrder() {
    for (var millis : new int[] {900, 1, 20, 3, 40}) {
      paint(millis);
    }

    assertThat(meters.medianMillis()).isEqualTo(20);
  }

  @Test
  void median_forgetsWhatIsLongPast() {
    for (var i = 0; i < 500; i++) {
      paint(1);
    }
    for (var i = 0; i < 101; i++) {
      paint(7);
    }

    assertThat(meters.medianMillis()).isEqualTo(7);
  }

  @Test
  void counts_areTheMeters() {
    paint(10);
    paint(30);
    meters.count(new Refused(true, Evidence.NONE), Duration.ZERO);
    meters.count(new Refused(false, Evidence.NONE), Duration.ZERO);
    meters.count(new Busy(null, Evidence.NONE), Duration.ZERO);
    meters.count(new Failed("timeout"), Duration.ZERO);
    meters.count(new Unclear(Evidence.NONE), Duration.ZERO);

    assertThat(meters.counts()).isEqualTo(new BackendStatus.Counts(7, 2, 2, 2, 1));
    assertThat(counted("painted")).isEqualTo(2);
    assertThat(counted("uncertain")).isEqualTo(1);
    assertThat(counted("locked_out")).isZero();
    var timer = registry.get("nectar.backend.attempt").tag("backend", BACKEND).timer();
    assertThat(timer.count()).isEqualTo(7);
  }

  @Test
  void unsupported_isCountedBesideTheAttempts() {
    var negotiation = new Negotiation(List.of(), Ticker.systemTicker(), Clock.systemUTC());
    var negotiating = new AttemptMeters(registry, "https://b.example", negotiation);
    negotiation.noteUnsupported();
    negotiation.noteUnsupported();
    negotiating.count(painted, Duration.ZERO);

    assertThat(
            registry
                .get("nectar.backend.attempts")
                .tags("backend", "https://b.example", "outcome", "unsupported")
                .functionCounter()
                .count())
        .isEqualTo(2);
    assertThat(negotiating.counts().requests()).isEqualTo(1);
  }

  private double counted(String outcome) {
    return registry
        .get("nectar.backend.attempts")
        .tags("backend", BACKEND, "outcome", outcome)
        .counter()
        .count();
  }
}
