package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets of clients that would rather not wait. */
@Tag("slow")
class DeferredBudgetTest extends BudgetCase {

  private static final String[] ASYNC = {"Prefer", "respond-async"};
  private static final String[] PATIENT = {"Prefer", "respond-async, wait=10"};

  DeferredBudgetTest(@TempDir Path directory) {
    super(directory);
  }

  @Test
  void budget_usedUp_isToldAtOnce() throws Exception {
    var key = key(0, "day");
    for (var i = 0; i < 20; i++) {
      var refused = server.image(key, "used up " + i, ASYNC);
      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 86_400);
      for (var n : List.of(1, 2)) {
        var order = server.order(key, "{\"prompt\": \"v %d\", \"n\": %d}".formatted(i, n), ASYNC);
        assertThat(order.statusCode()).isEqualTo(429);
        assertThat(json(order).at("/error/code").asString()).isEqualTo("insufficient_quota");
        assertThat(header(order, "x-should-retry")).isEqualTo("false");
        assertThat(Integer.parseInt(header(order, "Retry-After"))).isBetween(1, 86_400);
      }
    }
    assertThat(painter.calls()).isEmpty();
  }

  @Test
  void order_ofSeveral_isAllOrNone() throws Exception {
    var key = key(3, "total");
    var picture = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
    for (var prefer : List.of(ASYNC, PATIENT)) {
      var four = server.order(key, "{\"prompt\": \"four\", \"n\": 4, \"seed\": 1}", prefer);
      assertThat(four.statusCode()).isEqualTo(429);
      assertThat(json(four).at("/error/code").asString()).isEqualTo("insufficient_quota");
      var edit =
          server.post(
              key,
              "/v1/images/edits",
              "{\"prompt\": \"e\", \"n\": 4, \"image\": \"%s\"}".formatted(picture),
              prefer);
      assertThat(edit.statusCode()).isEqualTo(429);
    }
    assertThat(painter.calls()).isEmpty();

    var three = "{\"prompt\": \"three\", \"n\": 3, \"seed\": 1}";
    assertThat(server.order(key, three, PATIENT).statusCode()).isEqualTo(200);
    assertThat(painter.calls()).hasSize(3);
    assertThat(server.order(key, three, PATIENT).statusCode()).as("cached").isEqualTo(200);
    assertThat(server.view(key).get("remaining").asInt()).isZero();
  }

  @Test
  void reservation_ofWhatSomebodyElseMakes_isGivenBack() throws Exception {
    painter.answers(Painter.painting(PNG).withFixedDelay(300));
    var other = key(10, "total");
    var key = key(3, "total");
    var three = "{\"prompt\": \"shared\", \"n\": 3, \"seed\": 1}";
    assertThat(server.order(other, three, ASYNC).statusCode()).isEqualTo(202);

    assertThat(server.order(key, three, PATIENT).statusCode()).isEqualTo(200);

    assertThat(painter.calls()).hasSize(3);
    assertThat(server.view(key).get("remaining").asInt()).isEqualTo(3);
    assertThat(server.order(key, "{\"prompt\": \"own\", \"n\": 3}", PATIENT).statusCode())
        .as("nothing is held any more")
        .isEqualTo(200);
  }

  @Test
  void order_askedForAgain_ofAUsedUpBudget_isAnswered() throws Exception {
    painter.answers(Painter.painting(PNG).withFixedDelay(300));
    var key = key(2, "total");
    var deferred = server.order(key, "{\"prompt\": \"later\", \"n\": 2}", ASYNC);
    assertThat(deferred.statusCode()).isEqualTo(202);

    var again =
        server.nectar().get(json(deferred).get("url").asString() + "?key=" + key.secret(), PATIENT);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).get("data").size()).isEqualTo(2);
  }
}
