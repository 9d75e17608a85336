package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** A team gets its keys from the page alone, and spends by them. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class KeysPageTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Demo demo;

  KeysPageTest(Demo demo) {
    this.demo = demo;
  }

  private static Locator field(Locator dialog, String label) {
    return dialog.getByLabel(label, new Locator.GetByLabelOptions().setExact(false)).first();
  }

  /** Makes a key in the page, and reads it. */
  private static String make(
      Visitor visitor, String name, String models, String budget, String unit) {
    visitor.button("New key").click();
    var dialog = visitor.dialog("New key");
    field(dialog, "Name").fill(name);
    field(dialog, "Models").fill(models);
    field(dialog, "Budget").fill(budget);
    dialog.locator("[name=unit]").selectOption(unit);
    dialog.locator("[name=per]").selectOption("day");
    dialog.locator("button[type=submit]").click();
    var told = visitor.dialog("The key of " + name);
    var key = told.locator("#new-key").textContent();
    assertThat(
            visitor.copied(
                told.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy"))))
        .isEqualTo(key);
    told.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Done")).click();
    return key;
  }

  private HttpResponse<String> paint(String key, String prompt)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(demo.url() + "prompt/" + prompt + "?width=64&height=64"))
            .header("Authorization", "Bearer " + key)
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private int paintedByBackEnd() throws IOException, InterruptedException {
    var status =
        JSON.readTree(
            send(HttpRequest.newBuilder(URI.create(demo.url() + "status/history")).build()).body());
    return status.at("/backends/0/painted").asInt();
  }

  @Test
  void team_ofThreeKeys_spendsWhatItHas_andTheSumsAgree() throws Exception {
    try (var visitor = demo.visit("#/keys")) {
      var alice = make(visitor, "Alice", "", "0.08", "amount");
      var bob = make(visitor, "Bob", "demo-painter", "5", "pictures");
      var carol = make(visitor, "Carol", "", "", "amount");
      assertThat(visitor.page().locator("#key-list li")).hasCount(3);
      assertThat(visitor.barriers()).isEmpty();

      var before = paintedByBackEnd();
      assertThat(paint(alice, "alice-1").statusCode()).isEqualTo(200);
      assertThat(paint(alice, "alice-2").statusCode()).isEqualTo(200);
      assertThat(paint(alice, "alice-3").statusCode()).as("dry").isEqualTo(402);
      assertThat(paint(alice, "alice-1").statusCode()).as("cached").isEqualTo(200);
      var order =
          send(
              HttpRequest.newBuilder(URI.create(demo.url() + "v1/images/generations"))
                  .header("Authorization", "Bearer " + alice)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString("{\"prompt\": \"alice-4\"}"))
                  .build());
      assertThat(order.statusCode()).isEqualTo(429);
      assertThat(order.body()).contains("insufficient_quota");
      assertThat(paint(bob, "bob-1").statusCode()).as("no default model").isEqualTo(403);
      assertThat(paint(carol, "carol-1").statusCode()).isEqualTo(200);
      assertThat(paintedByBackEnd() - before).isEqualTo(3);

      visitor.link("Spend").click();
      var keys = visitor.page().locator("[aria-label='By key']").first();
      assertThat(row(keys, "Alice")).containsText("2USD 0.08");
      assertThat(row(keys, "Carol")).containsText("1USD 0.04");
      assertThat(visitor.barriers()).isEmpty();
      visitor.link("Keys").click();
      var list = visitor.page().locator("#key-list li");
      assertThat(list.filter(new Locator.FilterOptions().setHasText("Alice")))
          .containsText("USD 0.00");

      visitor.button("Revoke Carol").click();
      visitor.dialog("Revoke Carol?").locator("button[type=submit]").click();
      assertThat(list).hasCount(2);
      assertThat(paint(carol, "carol-1").statusCode()).isEqualTo(401);
      visitor.button("Rotate Bob").click();
      visitor.dialog("Rotate Bob?").locator("button[type=submit]").click();
      assertThat(visitor.dialog("The key of Bob").locator("#new-key")).not().hasText(bob);
      visitor.page().keyboard().press("Escape");
      visitor.button("Limit Alice").click();
      var limits = visitor.dialog("Limits of Alice");
      field(limits, "Budget").fill("0.12");
      limits.locator("button[type=submit]").click();
      assertThat(list.filter(new Locator.FilterOptions().setHasText("Alice")))
          .containsText("USD 0.12 a day");
      assertThat(paint(alice, "alice-3").statusCode()).isEqualTo(200);
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static Locator row(Locator table, String name) {
    return table
        .locator("tbody tr")
        .filter(new Locator.FilterOptions().setHas(table.page().getByText(name, exact())));
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
