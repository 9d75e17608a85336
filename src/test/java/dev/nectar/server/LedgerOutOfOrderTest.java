package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose ledger can't be read serves all but the keys that are kept in it. */
class LedgerOutOfOrderTest {

  @TempDir private Path directory;

  @Test
  void ledger_thatIsNone_isLeftAsItIs_andItsKeysAre503() throws Exception {
    var text = "The only copy of a novel. ".repeat(100);
    Files.writeString(directory.resolve("ledger.db"), text);
    try (var painter = Painter.start();
        var server = new KeyedServer(directory, painter, Map.of())) {
      painter.paints(SampleImages.png(300, 1));
      var key = new KeyedServer.Key("x", "nk-" + "a".repeat(43));

      assertThat(server.nectar().image("one").statusCode()).isEqualTo(200);
      assertThat(server.image(key, "one").statusCode()).isEqualTo(503);
      var order = server.order(key, "{\"prompt\": \"one\"}");
      assertThat(order.statusCode()).isEqualTo(503);
      assertThat(json(order).at("/error/type").asString()).isEqualTo("server_error");
      assertThat(server.nectar().get("/prompt/one?key=wrong").statusCode()).isEqualTo(401);
      assertThat(server.admin("GET", "/admin/keys", "").statusCode()).isEqualTo(503);
      assertThat(server.admin("POST", "/admin/keys", "{\"name\": \"a\"}").statusCode())
          .isEqualTo(503);
      assertThat(server.admin("GET", "/admin/spend", "").statusCode()).isEqualTo(503);
      assertThat(server.nectar().status().get("status").asString()).isEqualTo("degraded");
      assertThat(server.nectar().status().at("/spend/cost").decimalValue())
          .isEqualByComparingTo("0.04");
    }
    assertThat(directory.resolve("ledger.db")).hasContent(text);
  }

  @Test
  void ledgerGone_whileItIsInUse_is503ToKeys() throws Exception {
    try (var painter = Painter.start();
        var server = new KeyedServer(directory, painter, Map.of())) {
      painter.paints(SampleImages.png(300, 1));
      var key = server.key("{\"name\": \"a\", \"budget\": {\"amount\": 5, \"per\": \"day\"}}");
      assertThat(server.image(key, "one").statusCode()).isEqualTo(200);
      Files.delete(directory.resolve("ledger.db"));

      await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(server.image(key, "one").statusCode()).isEqualTo(503));
      var guessed = new KeyedServer.Key("b", "nk-guessed");
      assertThat(server.image(guessed, "one").statusCode()).isEqualTo(503);
      assertThat(server.nectar().image("one").statusCode()).isEqualTo(200);
    }
  }
}
