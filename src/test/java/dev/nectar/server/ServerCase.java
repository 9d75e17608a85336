package dev.nectar.server;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests that share one server, whose back end paints {@link #PNG}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerCase {

  /** 640x480. */
  static final byte[] PNG = SampleImages.png(4_000, 1);

  static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

  final Painter painter = Painter.start();
  final NectarServer nectar;

  ServerCase(Path cache, Map<String, String> settings) {
    nectar = NectarServer.start(cache, painter.url(), settings);
  }

  @AfterAll
  void stop() {
    nectar.close();
    painter.close();
  }

  @BeforeEach
  void paint() {
    painter.paints(PNG);
  }
}
