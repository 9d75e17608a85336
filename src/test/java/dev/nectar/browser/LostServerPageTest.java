package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.nectar.server.PatientBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections break off, servers are killed and come back, people reload: nothing is lost. */
@ExtendWith(BrowserExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class LostServerPageTest {

  private final Chromium chromium;
  private final PatientBackend backend;
  private final Site site;
  private PrefixProxy line;

  LostServerPageTest(Chromium chromium, @TempDir Path cache) throws IOException {
    this.chromium = chromium;
    backend = PatientBackend.start(Site.picture());
    site = Site.own(cache, backend.url());
    line = PrefixProxy.before(site.url(), "/");
  }

  @BeforeEach
  void connect() throws IOException {
    backend.startAnew();
    line.close();
    line = PrefixProxy.before(site.url(), "/");
  }

  @AfterAll
  void stop() {
    line.close();
    backend.close();
    site.close();
  }

  /** Somebody with both keys who waits for a picture. */
  private Visitor waiting() {
    var visitor = chromium.visitor();
    visitor
        .page()
        .addInitScript(
            """
            if (sessionStorage.length === 0) {
              sessionStorage.setItem('nectar.access', '%s');
              sessionStorage.setItem('nectar.admin', '%s');
            }
            """
                .formatted(Site.KEY, Site.ADMIN_TOKEN));
    visitor.page().navigate(line.url() + "#/paint?prompt=a%20patient%20pear&seed=-1");
    visitor.button("Generate").click();
    assertThat(visitor.newestCard().locator(".stage")).hasText("Painting");
    return visitor;
  }

  @Test
  void page_reloaded_rejoinsWhatIsUnderWay() {
    try (var visitor = waiting()) {
      var seed = visitor.newestCard().locator("dd").first().textContent();
      visitor.page().reload();

      assertThat(visitor.newestCard().locator(".stage")).hasText("Painting");
      assertThat(visitor.newestCard()).containsText("a patient pear");
      assertThat(visitor.page().locator(".card")).hasCount(1);
      backend.release(1);
      visitor.awaitPicture("a patient pear");
      assertThat(visitor.newestCard().locator("dd").first()).hasText(seed);
      assertThat(backend.calls()).isEqualTo(1);

      visitor.page().reload();
      assertThat(visitor.button("Generate")).isVisible();
      assertThat(visitor.page().locator(".card")).hasCount(0);
    }
  }

  @Test
  void card_closed_isNotRejoined() {
    try (var visitor = waiting()) {
      visitor.button("Remove this card").click();
      visitor.page().reload();

      assertThat(visitor.button("Generate")).isVisible();
      assertThat(visitor.page().locator(".card")).hasCount(0);
      backend.release(1);
    }
  }

  @Test
  void connection_brokenOff_isTakenUpAgain() throws IOException {
    try (var visitor = waiting()) {
      line.close();
      assertThat(visitor.newestCard().locator(".stage"))
          .hasText("The connection broke off, asking again");
      line = line.again();
      assertThat(visitor.newestCard().locator(".stage")).hasText("Painting");

      backend.release(1);
      visitor.awaitPicture("a patient pear");
      assertThat(backend.calls()).isEqualTo(1);
    }
  }

  @Test
  void server_killed_isNotSaidToGoOn_andIsAskedAgainOnceItIsBack() throws IOException {
    try (var visitor = waiting()) {
      line.close();

      var card = visitor.newestCard();
      assertThat(card).hasAttribute("data-state", "failed");
      assertThat(card).containsText("The server can’t be reached any more");
      assertThat(card).containsText("Whether the picture was finished is not known.");
      assertThat(card).not().containsText("still being made");

      line = line.again();
      backend.release(1);
      visitor.button("Try again").click();
      visitor.awaitPicture("a patient pear");
    }
  }

  @Test
  void watchAndGallery_goOnOnceTheServerIsBack() throws IOException {
    var pictures = Pattern.compile("[1-9] pictures?");
    try (var visitor = waiting()) {
      backend.release(1);
      visitor.awaitPicture("a patient pear");
      visitor.link("Gallery").click();
      assertThat(visitor.page().locator("#gallery-count")).hasText(pictures);
      var count = visitor.page().locator("#gallery-count").textContent();
      visitor.link("Watch").click();
      assertThat(visitor.page().locator("#watch-health")).containsText("The back end is up");

      line.close();
      assertThat(visitor.page().locator("#watch-fresh"))
          .containsText("The server can’t be reached");
      visitor.link("Gallery").click();
      visitor.page().getByLabel("Search in prompts").fill("pear");
      assertThat(visitor.page().locator("#gallery-end"))
          .containsText("The server can’t be reached");
      line = line.again();

      visitor.button("Try again").click();
      assertThat(visitor.page().locator("#gallery-count")).hasText(count);
      visitor.link("Watch").click();
      assertThat(visitor.page().locator("#watch-fresh")).containsText("every 5 s");
    }
  }

  @Test
  void words_forGuests_nameNoSettingAndNoHeader() {
    try (var visitor = chromium.visit(line.url())) {
      visitor.button("Generate").click();
      assertPlain(visitor.dialog("Access key"));
      visitor.page().locator("#key-input").fill("a-wrong-key");
      visitor.page().keyboard().press("Enter");
      assertThat(visitor.newestCard()).containsText("The key was not accepted");
      assertPlain(visitor.newestCard());

      visitor.link("Gallery").click();
      assertPlain(visitor.dialog("Admin token"));
      visitor.page().keyboard().press("Escape");
      assertPlain(visitor.page().locator("body"));
    }
  }

  private static void assertPlain(Locator words) {
    assertThat(words).isVisible();
    assertThat(words.innerText())
        .doesNotContainPattern("[A-Z]+_[A-Z_]+")
        .doesNotContainIgnoringCase("bearer")
        .doesNotContainIgnoringCase("header")
        .doesNotContain("X-Admin");
  }

  @Test
  void gallery_closed_isSaidPlainly(@TempDir Path other) {
    try (var closed = Site.withoutAdmin(other, backend.url());
        var visitor = chromium.visit(closed.url() + "#/gallery")) {
      assertThat(visitor.page().getByText("The gallery is closed")).isVisible();
      assertPlain(visitor.page().locator("#gallery"));
    }
  }
}
