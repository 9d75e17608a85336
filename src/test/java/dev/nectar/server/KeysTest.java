package dev.nectar.server;

import static dev.nectar.server.NectarServer.header;
import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.SampleImages;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that were made while the server runs, and what each is good for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {

  private static final byte[] PNG = SampleImages.png(300, 1);

  private final Painter painter = Painter.start();
  private KeyedServer server;

  KeysTest(@TempDir Path directory) {
    server = new KeyedServer(directory, painter, Map.of("MODELS", "flux,dall-e-3"));
  }

  @BeforeAll
  void startPainting() {
    painter.paints(PNG);
  }

  @BeforeEach
  void forgetCalls() {
    painter.server().resetRequests();
  }

  @AfterAll
  void stop() {
    server.close();
    painter.close();
  }

  @Test
  void key_made_isToldOnce_andOpens() throws Exception {
    var made =
        server.admin(
            "POST",
            "/admin/keys",
            """
            {"name": "Alice", "models": ["*"], "rate": "30/m",
             "budget": {"amount": 5.00, "per": "month"},
             "expiresAt": "2099-01-01T01:00:00+01:00", "referers": ["*.example.com"]}
            """);

    assertThat(made.statusCode()).isEqualTo(201);
    var key = json(made);
    assertThat(key.get("key").asString()).startsWith("nk-");
    assertThat(key.get("name").asString()).isEqualTo("Alice");
    assertThat(key.has("createdAt")).isTrue();
    var seen = json(server.admin("GET", "/admin/keys/" + key.get("id").asString(), ""));
    assertThat(seen.has("key")).isFalse();
    assertThat(seen.get("models")).hasToString("[\"*\"]");
    assertThat(seen.get("rate").asString()).isEqualTo("30/m");
    assertThat(seen.at("/budget/amount").decimalValue()).isEqualByComparingTo("5");
    assertThat(seen.at("/budget/per").asString()).isEqualTo("month");
    assertThat(seen.get("expiresAt").asString()).isEqualTo("2099-01-01T00:00:00Z");
    assertThat(seen.get("referers")).hasToString("[\"*.example.com\"]");
    assertThat(seen.get("spent").decimalValue()).isEqualByComparingTo("0");
    assertThat(seen.get("remaining").decimalValue()).isEqualByComparingTo("5");
    assertThat(seen.get("pictures").asInt()).isZero();
    assertThat(seen.get("lastUsedAt").isNull()).isTrue();
    var list = text(server.admin("GET", "/admin/keys", ""));
    assertThat(list).contains("Alice").doesNotContain(key.get("key").asString());
  }

  @Test
  void key_used_isCounted() throws Exception {
    var key = server.key("{\"name\": \"Bob\", \"budget\": {\"pictures\": 3, \"per\": \"day\"}}");

    var picture = server.image(key, "counted");

    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(header(picture, "X-Cost")).isEqualTo("0.04");
    var view = server.view(key);
    assertThat(view.get("spent").decimalValue()).isEqualByComparingTo("0.04");
    assertThat(view.get("remaining").asInt()).isEqualTo(2);
    assertThat(view.get("pictures").asInt()).isEqualTo(1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !server.view(key).get("lastUsedAt").isNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                               | name
          {"name": ""}                                                     | name
          {"name": "a", "colour": "red"}                                   | colour
          {"name": "a", "key": "rotate"}                                   | key
          {"name": "a", "models": []}                                      | models
          {"name": "a", "models": "flux"}                                  | models
          {"name": "a", "rate": "often"}                                   | rate
          {"name": "a", "rate": 5}                                         | rate
          {"name": "a", "budget": 5}                                       | budget
          {"name": "a", "budget": {"amount": 5}}                           | budget.per
          {"name": "a", "budget": {"amount": 5, "per": "year"}}            | budget.per
          {"name": "a", "budget": {"per": "day"}}                          | budget
          {"name": "a", "budget": {"amount": 1, "pictures": 1, "per": "day"}} | budget
          {"name": "a", "budget": {"amount": -1, "per": "day"}}            | budget.amount
          {"name": "a", "budget": {"amount": "1", "per": "day"}}           | budget.amount
          {"name": "a", "budget": {"pictures": 1.5, "per": "day"}}         | budget.pictures
          {"name": "a", "budget": {"amount": 1, "per": "day", "x": 1}}     | budget.x
          {"name": "a", "expiresAt": "tomorrow"}                           | expiresAt
          {"name": "a", "referers": ["https://example.com"]}               | referers
          """)
  void order_thatIsWrong_is400ThatNamesTheField(String body, String field) throws Exception {
    var answer = server.admin("POST", "/admin/keys", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString()).contains("'" + field + "'");
  }

  @Test
  void budget_ofTooFineAnAmount_is400ThatTellsHowFine() throws Exception {
    var answer =
        server.admin(
            "POST",
            "/admin/keys",
            "{\"name\": \"a\", \"budget\": {\"amount\": 0.1234567890123, \"per\": \"day\"}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asString())
        .isEqualTo("The field 'budget.amount' must have at most 12 digits after the point.");
  }

  @Test
  void key_changed_keepsWhatWasNotSaid_andLosesWhatIsNull() throws Exception {
    var key = server.key("{\"name\": \"Eve\", \"rate\": \"5/s\", \"models\": [\"flux\"]}");

    var changed =
        json(
            server.admin(
                "PATCH", "/admin/keys/" + key.id(), "{\"name\": \"Eva\", \"rate\": null}"));

    assertThat(changed.get("name").asString()).isEqualTo("Eva");
    assertThat(changed.get("rate").isNull()).isTrue();
    assertThat(changed.get("models")).hasToString("[\"flux\"]");
    assertThat(changed.has("key")).isFalse();
    var wrong = server.admin("PATCH", "/admin/keys/" + key.id(), "{\"graceSeconds\": 5}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(server.admin("PATCH", "/admin/keys/none", "{\"name\": \"x\"}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void key_rotated_isAnotherOne_andTheOldOneLastsForItsGrace() throws Exception {
    var key = server.key("{\"name\": \"Rotating\"}");
    var change = "{\"key\": \"rotate\", \"graceSeconds\": 600}";

    var rotated = json(server.admin("PATCH", "/admin/keys/" + key.id(), change));

    var next = new KeyedServer.Key(key.id(), rotated.get("key").asString());
    assertThat(server.image(key, "rotation").statusCode()).isEqualTo(200);
    assertThat(server.image(next, "rotation").statusCode()).isEqualTo(200);
    server.admin("PATCH", "/admin/keys/" + key.id(), "{\"key\": \"rotate\"}");
    assertThat(server.image(next, "rotation").statusCode()).as("without grace").isEqualTo(401);
    assertThat(server.image(key, "rotation").statusCode()).as("in its grace").isEqualTo(200);
  }

  @Test
  void key_revoked_is401AtOnce() throws Exception {
    var key = server.key("{\"name\": \"Gone\"}");
    assertThat(server.image(key, "revoked").statusCode()).isEqualTo(200);

    assertThat(server.admin("DELETE", "/admin/keys/" + key.id(), "").statusCode()).isEqualTo(204);

    assertThat(server.image(key, "revoked").statusCode()).isEqualTo(401);
    assertThat(server.admin("GET", "/admin/keys/" + key.id(), "").statusCode()).isEqualTo(404);
    assertThat(server.admin("DELETE", "/admin/keys/" + key.id(), "").statusCode()).isEqualTo(404);
    assertThat(server.spend("?by=key").toString()).contains("\"name\":\"Gone\"");
  }

  @Test
  void key_expired_is401() throws Exception {
    var key = server.key("{\"name\": \"Late\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}");

    assertThat(server.image(key, "late").statusCode()).isEqualTo(401);
    assertThat(server.image(new KeyedServer.Key("", "nk-guessed"), "late").statusCode())
        .isEqualTo(401);
  }

  @Test
  void model_ofAnother_is403_cachedOrNot() throws Exception {
    var key = server.key("{\"name\": \"Fluxer\", \"models\": [\"flux\"]}");
    var any = server.key("{\"name\": \"Any\", \"models\": [\"*\"]}");
    assertThat(model(any, "dall-e-3")).isEqualTo(200);

    assertThat(model(key, "flux")).isEqualTo(200);
    assertThat(model(key, "dall-e-3")).as("cached").isEqualTo(403);
    assertThat(model(key, "sdxl")).isEqualTo(403);
    assertThat(server.image(key, "no model").statusCode()).as("no default").isEqualTo(403);
    var order = server.order(key, "{\"prompt\": \"models\", \"model\": \"sdxl\"}");
    assertThat(order.statusCode()).isEqualTo(403);
    assertThat(json(order).at("/error/type").asString()).isEqualTo("invalid_request_error");
  }

  private int model(KeyedServer.Key key, String model) throws Exception {
    return server
        .nectar()
        .get("/prompt/models?model=" + model, "Authorization", "Bearer " + key.secret())
        .statusCode();
  }

  @Test
  void rate_ofAKey_holdsForItAlone() throws Exception {
    var key = server.key("{\"name\": \"Slow\", \"rate\": \"1/h\"}");
    var other = server.key("{\"name\": \"Free\"}");

    assertThat(header(server.image(key, "rate 1"), "RateLimit-Policy"))
        .isEqualTo("\"key\";q=1;w=3600");
    var refused = server.image(key, "rate 2");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(3_500, 3_600);
    assertThat(server.image(key, "rate 1").statusCode()).as("cached").isEqualTo(200);
    assertThat(server.image(other, "rate 2").statusCode()).isEqualTo(200);
  }

  @Test
  void referers_ofAKey_areItsPages() throws Exception {
    var key = server.key("{\"name\": \"Page\", \"referers\": [\"example.com\"]}");

    assertThat(server.image(key, "page", "Referer", "https://example.com/a").statusCode())
        .isEqualTo(200);
    assertThat(server.image(key, "page", "Referer", "https://evil.example/").statusCode())
        .isEqualTo(403);
  }

  @Test
  void link_ofAKey_isPaidByIt_andEndsWithIt() throws Exception {
    var key = server.key("{\"name\": \"Linker\", \"budget\": {\"pictures\": 1, \"per\": \"day\"}}");
    var link = sign(key, "linked");

    assertThat(server.nectar().get(link).statusCode()).isEqualTo(200);

    assertThat(server.view(key).get("pictures").asInt()).isEqualTo(1);
    assertThat(server.nectar().get(sign(key, "another")).statusCode()).isEqualTo(402);
    assertThat(server.nectar().get(link.replace("by=", "by=x")).statusCode()).isEqualTo(401);
    server.admin(
        "PATCH", "/admin/keys/" + key.id(), "{\"key\": \"rotate\", \"graceSeconds\": 600}");
    assertThat(server.nectar().get(link).statusCode()).as("in its grace").isEqualTo(200);
    server.admin("DELETE", "/admin/keys/" + key.id(), "");
    assertThat(server.nectar().get(link).statusCode()).isEqualTo(401);
  }

  private String sign(KeyedServer.Key key, String prompt) throws Exception {
    var signed =
        json(
            server
                .nectar()
                .send(
                    "POST",
                    "/sign",
                    "{\"prompt\": \"%s\"}".formatted(prompt),
                    "Authorization",
                    "Bearer " + key.secret()));
    var url = URI.create(signed.get("url").asString());
    return url.getRawPath() + "?" + url.getRawQuery();
  }

  @Test
  void admin_withoutTheToken_isRefused() throws Exception {
    for (var target : new String[] {"/admin/keys", "/admin/keys/x", "/admin/spend"}) {
      assertThat(server.nectar().get(target).statusCode()).as(target).isEqualTo(401);
    }
  }
}
