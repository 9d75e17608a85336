package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.nectar.server.Painter;
import dev.nectar.server.PatientBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of a server that somebody set up for real: it knows no key and signs nothing. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class OwnServerPageTest {

  @TempDir private static Path cache;

  private static Painter painter;
  private static Site site;

  private final Chromium chromium;

  OwnServerPageTest(Chromium chromium) {
    this.chromium = chromium;
  }

  @BeforeAll
  static void start() throws IOException {
    painter = Painter.start();
    painter.paints(Site.picture());
    site = Site.own(cache, painter.url());
  }

  @AfterAll
  static void stop() {
    site.close();
    painter.close();
  }

  @Test
  void page_opened_asksForNothingAndSpendsNothing() {
    try (var visitor = chromium.visit(site.url())) {
      assertThat(visitor.prompt()).not().hasValue("");
      assertThat(visitor.button("Generate")).isVisible();

      assertThat(visitor.page().locator(".card")).hasCount(0);
      assertThat(visitor.page().locator("dialog[open]")).hasCount(0);
      assertThat(visitor.barriers()).isEmpty();
    }
  }

  @Test
  void key_wrong_isAskedForAgain_andNeverShows() {
    try (var visitor = chromium.visit(site.url())) {
      visitor.button("Generate").click();
      enter(visitor, "Access key", "a-wrong-key");
      assertThat(visitor.newestCard()).containsText("The key was not accepted");

      visitor.button("Enter the key").click();
      assertThat(visitor.dialog("Access key")).containsText("The last one was not accepted.");
      enter(visitor, "Access key", Site.KEY);
      assertThat(visitor.newestCard()).hasAttribute("data-state", "done");

      assertThat(visitor.requests(url -> url.contains(Site.KEY))).isEmpty();
      assertThat(visitor.page().url()).doesNotContain(Site.KEY);
      assertThat(visitor.page().content()).doesNotContain(Site.KEY);
      assertThat(visitor.complaints()).allMatch(complaint -> complaint.contains("401"));
      assertThat(visitor.copied("Copy URL"))
          .startsWith(site.url() + "prompt/")
          .doesNotContain("key");
      assertThat(visitor.copied("curl")).contains("-H \"Authorization: Bearer $NECTAR_KEY\"");
      assertThat(visitor.newestCard()).containsText("add &key=…");
    }
  }

  @Test
  void pictures_askedForAtOnce_areMadeSideBySide(@TempDir Path empty) throws IOException {
    try (var backend = PatientBackend.start(Site.picture());
        var server = Site.own(empty, backend.url());
        var visitor = chromium.visit(server.url())) {
      visitor.prompt().fill("one of two");
      visitor.button("Generate").click();
      enter(visitor, "Access key", Site.KEY);
      visitor.prompt().fill("two of two");
      visitor.button("Generate").click();

      var working = visitor.page().locator(".card[data-state=working]");
      assertThat(working).hasCount(2);
      assertThat(working.locator(".stage")).hasText(new String[] {"Painting", "Painting"});
      assertThat(working.locator(".clock").last()).hasText(Pattern.compile("[1-9]\\d*\\.\\d s"));
      backend.release(2);
      assertThat(visitor.page().locator(".card[data-state=done]")).hasCount(2);
    }
  }

  @Test
  void token_wrong_isAskedForAgain_andForgottenOnDemand() {
    try (var visitor = chromium.visit(site.url() + "#/gallery")) {
      enter(visitor, "Admin token", "a-wrong-token");
      assertThat(heading(visitor, "The admin token was not accepted")).isVisible();
      visitor.page().locator(".message button").click();
      enter(visitor, "Admin token", Site.ADMIN_TOKEN);
      assertThat(visitor.page().locator("#gallery-count")).containsText("picture");

      visitor.button("Keys").click();
      visitor.button("Forget the admin token").click();

      assertThat(heading(visitor, "The gallery asks for a token")).isVisible();
      assertThat(visitor.page().locator(".thumbnail")).hasCount(0);
      assertThat(visitor.page().evaluate("sessionStorage.length")).isEqualTo(0);
    }
  }

  @Test
  void page_underAPrefix_paints() throws IOException {
    try (var proxy = PrefixProxy.before(site.url(), "/pictures/");
        var visitor = chromium.visit(proxy.url())) {
      visitor.button("Generate").click();
      enter(visitor, "Access key", Site.KEY);
      assertThat(visitor.newestCard()).hasAttribute("data-state", "done");

      assertThat(visitor.copied("Copy URL")).startsWith(proxy.url() + "prompt/");
      visitor.link("Watch").click();
      assertThat(visitor.page().locator("#watch-health")).containsText("The back end is up");
      assertThat(visitor.requests(url -> url.startsWith("http") && !url.startsWith(proxy.url())))
          .isEmpty();
    }
  }

  private static void enter(Visitor visitor, String dialog, String key) {
    assertThat(visitor.dialog(dialog)).isVisible();
    visitor.page().locator("#key-input").fill(key);
    visitor.page().keyboard().press("Enter");
    assertThat(visitor.dialog(dialog)).isHidden();
  }

  private static Locator heading(Visitor visitor, String text) {
    return visitor.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
  }
}
