package dev.nectar.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests that share one server, whose back end paints when it is told to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PatientCase {

  final PatientBackend backend;
  final NectarServer nectar;

  PatientCase(Path cache, byte[] image, Map<String, String> settings) throws IOException {
    this(cache, image, settings, InstantSource.system());
  }

  PatientCase(Path cache, byte[] image, Map<String, String> settings, InstantSource clock)
      throws IOException {
    backend = PatientBackend.start(image);
    nectar = NectarServer.start(cache, backend.url(), settings, clock);
  }

  @AfterAll
  void stop() {
    backend.close();
    nectar.close();
  }

  /** Nothing is under way, and no call was made. */
  @BeforeEach
  void endWhatIsUnderWay() {
    backend.releaseAll();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> nectar.status().get("generating").asInt() == 0);
    backend.startAnew();
  }
}
