package dev.nectar.server;

import dev.nectar.image.SampleImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests of keys with budgets that share one server, whose back end paints {@link #PNG}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BudgetCase {

  static final byte[] PNG = SampleImages.png(300, 1);

  final Painter painter = Painter.start();
  final KeyedServer server;

  BudgetCase(Path directory) {
    server = new KeyedServer(directory, painter, Map.of());
  }

  @AfterAll
  void stop() {
    server.close();
    painter.close();
  }

  @BeforeEach
  void paint() {
    painter.paints(PNG);
  }

  KeyedServer.Key key(int pictures, String per) throws Exception {
    return server.key(
        "{\"name\": \"a\", \"budget\": {\"pictures\": %d, \"per\": \"%s\"}}"
            .formatted(pictures, per));
  }
}
