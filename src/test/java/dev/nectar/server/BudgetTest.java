package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What budgets let through, and what is told of money. */
@Tag("slow")
class BudgetTest extends BudgetCase {

  @TempDir private Path directory;

  BudgetTest(@TempDir Path directory) {
    super(directory);
  }

  /** One with nothing on its books. */
  private KeyedServer start(Map<String, String> settings) {
    return new KeyedServer(directory, painter, settings);
  }

  private static final String DAILY =
      "{\"name\": \"team\", \"budget\": {\"amount\": %s, \"per\": \"day\"}}";

  @Test
  void budget_usedUp_is402_and429UnderV1_andCachedIsServed() throws Exception {
    var key = server.key(DAILY.formatted("0.08"));
    assertThat(server.image(key, "one").statusCode()).isEqualTo(200);
    assertThat(server.image(key, "two").statusCode()).isEqualTo(200);

    var refused = server.image(key, "three");
    assertThat(refused.statusCode()).isEqualTo(402);
    assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 86_400);
    var order = server.order(key, "{\"prompt\": \"three\"}");
    assertThat(order.statusCode()).isEqualTo(429);
    assertThat(json(order).at("/error/code").asString()).isEqualTo("insufficient_quota");
    assertThat(json(order).at("/error/type").asString()).isEqualTo("insufficient_quota");
    assertThat(header(order, "x-should-retry")).isEqualTo("false");
    assertThat(header(order, "Retry-After")).isNotEmpty();

    var hit = server.image(key, "one");
    assertThat(hit.statusCode()).isEqualTo(200);
    assertThat(header(hit, "X-Cost")).isEqualTo("0");
    assertThat(painter.calls()).hasSize(2);
    assertThat(server.nectar().image("three").statusCode()).as("main").isEqualTo(200);
  }

  @Test
  void budget_forEver_tellsNoTimeToComeBack() throws Exception {
    var key = server.key("{\"name\": \"a\", \"budget\": {\"pictures\": 0, \"per\": \"total\"}}");

    var refused = server.image(key, "one");

    assertThat(refused.statusCode()).isEqualTo(402);
    assertThat(header(refused, "Retry-After")).isEmpty();
  }

  @Test
  void order_ofSeveral_isAllOrNone() throws Exception {
    var key = server.key(DAILY.formatted("0.12"));

    assertThat(server.order(key, "{\"prompt\": \"an order of four\", \"n\": 4}").statusCode())
        .isEqualTo(429);
    assertThat(painter.calls()).isEmpty();

    var three = server.order(key, "{\"prompt\": \"an order of three\", \"n\": 3, \"seed\": 1}");
    assertThat(three.statusCode()).isEqualTo(200);
    assertThat(header(three, "X-Cost")).isEqualTo("0.12");
    assertThat(server.view(key).get("remaining").decimalValue()).isEqualByComparingTo("0");
    var again = server.order(key, "{\"prompt\": \"an order of three\", \"n\": 3, \"seed\": 1}");
    assertThat(again.statusCode()).as("cached").isEqualTo(200);
    assertThat(
            server
                .order(key, "{\"prompt\": \"an order of three\", \"n\": 4, \"seed\": 1}")
                .statusCode())
        .as("the fourth is not")
        .isEqualTo(429);
    assertThat(header(again, "X-Cost")).isEqualTo("0");
  }

  @Test
  void failures_costNothing() throws Exception {
    var key = server.key(DAILY.formatted("0.04"));
    painter.fails(500, "{}");
    assertThat(server.image(key, "failing").statusCode()).isEqualTo(502);

    painter.paints(PNG);

    assertThat(server.view(key).get("spent").decimalValue()).isEqualByComparingTo("0");
    assertThat(server.image(key, "painted after all").statusCode()).isEqualTo(200);
    var row =
        server
            .spend("?by=key")
            .valueStream()
            .filter(each -> each.get("key").asString().equals(key.id()))
            .findFirst()
            .orElseThrow();
    assertThat(row.get("failed").asInt()).isEqualTo(1);
    assertThat(server.spend("?by=backend").get(0).get("failed").asInt()).isEqualTo(1);
  }

  @Test
  void cost_toldByTheAnswer_wins() throws Exception {
    try (var server = start(Map.of())) {
      painter.answers(
          WireMock.aResponse()
              .withHeader("Content-Type", "application/json")
              .withBody(
                  "{\"data\":[{\"b64_json\":\"%s\"}],\"usage\":{\"cost\":0.0000123}}"
                      .formatted(Base64.getEncoder().encodeToString(PNG))));

      var picture = server.nectar().image("told");

      assertThat(header(picture, "X-Cost")).isEqualTo("0.0000123");
      assertThat(server.spend("?by=day").get(0).get("cost").decimalValue())
          .isEqualByComparingTo("0.0000123");
      assertThat(text(server.nectar().get("/status"))).contains("\"cost\":0.0000123");
    }
  }

  @Test
  void price_notKnown_staysUnknown() throws Exception {
    try (var server = start(Map.of("PRICES", ""))) {
      var key = server.key(DAILY.formatted("1"));
      var picture = server.image(key, "unknown");

      assertThat(picture.statusCode()).isEqualTo(200);
      assertThat(header(picture, "X-Cost")).isEmpty();
      var row = server.spend("?by=day").get(0);
      assertThat(row.get("cost").isNull()).isTrue();
      assertThat(row.get("unpriced").asInt()).isEqualTo(1);
      assertThat(server.view(key).get("spent").isNull()).isTrue();
      var status = server.nectar().status().get("spend");
      assertThat(status.get("cost").isNull()).isTrue();
      assertThat(status.get("unpriced").asInt()).isEqualTo(1);
      assertThat(status.get("currency").asString()).isEqualTo("USD");
      var usedUp = server.key(DAILY.formatted("0"));
      assertThat(server.image(usedUp, "unpriced").statusCode()).isEqualTo(402);
    }
  }

  @Test
  void requestsAtOnce_doNotOverdraw() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var key = server.key(DAILY.formatted("0.40"));

      var statuses =
          IntStream.range(0, 60)
              .mapToObj(i -> threads.submit(() -> server.image(key, "at once " + i).statusCode()))
              .toList()
              .stream()
              .map(done -> {
                try {
                  return done.get();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              })
              .toList();

      assertThat(statuses).containsOnly(200, 402);
      assertThat(statuses.stream().filter(status -> status == 200)).hasSize(10);
      assertThat(server.view(key).get("spent").decimalValue()).isEqualByComparingTo("0.4");
    }
  }

  @Test
  void spend_agreesWithWhatWasPainted() throws Exception {
    try (var server = start(Map.of("CURRENCY", "EUR"))) {
      assertThat(server.spend("?from=0001-01-01&to=9999-12-31")).isEmpty();
      var alice = server.key("{\"name\": \"=Alice\"}");
      server.image(alice, "one");
      server.image(alice, "one");
      server.image(alice, "two");
      server.nectar().image("three");

      assertThat(painter.calls()).hasSize(3);
      var day = server.spend("").get(0);
      assertThat(day.get("pictures").asInt()).isEqualTo(3);
      assertThat(day.get("cost").decimalValue()).isEqualByComparingTo("0.12");
      assertThat(day.get("saved").decimalValue()).isEqualByComparingTo("0.04");
      assertThat(day.get("unpriced").asInt()).isZero();
      var keys = server.spend("?by=key");
      assertThat(List.of(keys.get(0).get("key").asString(), keys.get(1).get("key").asString()))
          .containsExactlyInAnyOrder("main", alice.id());
      assertThat(server.spend("?by=backend").get(0).get("backend").asString())
          .isEqualTo(painter.url());
      assertThat(server.spend("?by=source").get(0).get("source").asString()).isEqualTo("backend");
      assertThat(server.spend("?by=model").get(0).get("model").asString()).isEmpty();
      var csv = text(server.admin("GET", "/admin/spend?by=key&format=csv", ""));
      assertThat(csv)
          .startsWith("key,pictures,cost,unpriced,refused,failed,saved,name,currency\r\n")
          .contains("main,1,0.04,0,0,0,0,main,EUR\r\n")
          .contains(alice.id() + ",2,0.08,0,0,0,0.04,\"'=Alice\",EUR\r\n");
    }
  }

  @Test
  void spend_ofDaysThatAreWrong_is400() throws Exception {
    for (var query :
        List.of(
            "?from=2026-02-01&to=2026-01-01",
            "?from=yesterday",
            "?to=2026-13-01",
            "?by=colour",
            "?format=xml")) {
      assertThat(server.admin("GET", "/admin/spend" + query, "").statusCode())
          .as(query)
          .isEqualTo(400);
    }
  }

  @Test
  void backEnd_outOfBudget_isNotAsked() throws Exception {
    var budgets = "{\"%s\": \"1 picture/day\"}".formatted(painter.url());
    try (var server = start(Map.of("BACKEND_BUDGETS", budgets))) {
      assertThat(server.nectar().image("one").statusCode()).isEqualTo(200);

      var refused = server.nectar().image("two");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 86_400);
      assertThat(painter.calls()).hasSize(1);
      var status = server.nectar().status();
      assertThat(status.at("/backends/0/state").asString()).isEqualTo("out of budget");
      assertThat(status.get("status").asString()).isEqualTo("degraded");
      assertThat(server.nectar().image("one").statusCode()).as("cached").isEqualTo(200);
    }
  }

  @Test
  void backEnd_outOfBudget_leavesItToTheFallback() throws Exception {
    var settings =
        Map.of(
            "BACKEND_BUDGETS",
            "{\"%s\": \"0/day\"}".formatted(painter.url()),
            "POLLINATIONS_ENABLED",
            "true",
            "POLLINATIONS_URL",
            painter.url() + "/fallback",
            "PRICES",
            "{\"fallback\": {\"flux\": 0.001}}");
    try (var server = start(settings)) {
      var picture = server.nectar().image("one");

      assertThat(picture.statusCode()).isEqualTo(200);
      assertThat(header(picture, "X-Image-Source")).isEqualTo("fallback");
      assertThat(header(picture, "X-Cost")).isEqualTo("0.001");
      var upload = "data:image/png;base64," + Base64.getEncoder().encodeToString(PNG);
      var edit =
          server.post(
              new KeyedServer.Key("main", NectarServer.KEY),
              "/v1/images/edits",
              "{\"prompt\": \"e\", \"image\": \"%s\"}".formatted(upload));
      assertThat(edit.statusCode()).as("which the fallback is not asked for").isEqualTo(503);
      assertThat(Integer.parseInt(header(edit, "Retry-After"))).isBetween(1, 86_400);
      assertThat(json(edit).at("/error/message").asString())
          .startsWith("All back ends have used up their budgets.");
      assertThat(server.spend("?by=source").get(0).get("source").asString()).isEqualTo("fallback");
    }
  }

  @Test
  void done_tellsTheCost() throws Exception {
    var events = text(server.nectar().image("events", "Accept", "text/event-stream"));

    assertThat(events).contains("\"cost\":0.04");
  }
}
