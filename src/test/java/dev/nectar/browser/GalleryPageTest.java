package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has the admin token looks through the cache. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class GalleryPageTest {

  /** More than one page of entries. */
  private static final int PICTURES = 80;

  private final Demo demo;

  GalleryPageTest(Demo demo) {
    this.demo = demo;
  }

  @BeforeAll
  static void fill(Demo demo) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      for (var i = 0; i < PICTURES; i++) {
        get(client, demo, "prompt/a%20small%20pear%20no.%20" + i + "?width=48&height=32");
      }
    }
  }

  private static int get(HttpClient client, Demo demo, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(demo.url() + path))
            .header("Authorization", "Bearer demo")
            .header("X-Admin-Token", "demo-admin");
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void gallery_scrolled_showsEveryPictureAndHoldsOnlyThoseNearby() {
    try (var visitor = demo.visit("#/gallery")) {
      var page = visitor.page();
      assertThat(page.locator(".thumbnail img").first()).isVisible();
      var end = Pattern.compile("\\d+ pictures");

      page.waitForCondition(() -> {
        page.mouse().wheel(0, 10_000);
        return end.matcher(page.locator("#gallery-count").textContent()).matches();
      });

      var shown = page.locator("#gallery-count").textContent().replace(" pictures", "");
      assertThat(Integer.parseInt(shown)).isGreaterThanOrEqualTo(PICTURES);
      assertThat(page.locator(".thumbnail img").last())
          .hasAttribute("src", Pattern.compile("blob:.*"));
      assertThat(visitor.requests(url -> url.contains("demo-admin"))).isEmpty();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void search_findsPrompts() {
    try (var visitor = demo.visit("#/gallery")) {
      visitor.page().getByLabel("Search in prompts").fill("pear no. 7");

      assertThat(visitor.page().locator("#gallery-count")).hasText("11 pictures");
      assertThat(visitor.page().locator(".thumbnail-prompt"))
          .hasText(
              IntStream.concat(IntStream.rangeClosed(70, 79), IntStream.of(7))
                  .mapToObj(i -> Pattern.compile("a small pear no\\. 7\\d?"))
                  .toArray(Pattern[]::new));
      visitor.waitUntilAddressHolds("q=pear");

      visitor.page().getByLabel("Search in prompts").fill("nobody wrote this");
      assertThat(visitor.page().getByText("No prompt holds that")).isVisible();
    }
  }

  @Test
  void largeView_tellsAllAndIsWalkedWithTheArrows() {
    try (var visitor = demo.visit("#/gallery?q=pear%20no.%205")) {
      var page = visitor.page();
      assertThat(page.locator("#gallery-count")).hasText("11 pictures");
      page.locator(".thumbnail button").first().press("Enter");

      var view = page.locator("#picture");
      assertThat(view.locator("img")).hasJSProperty("naturalWidth", 48);
      var facts = view.locator("dl");
      for (var fact :
          new String[] {"a small pear no. 59", "A back end", "42", "48 × 32", "image/png"}) {
        assertThat(facts).containsText(fact);
      }
      assertThat(facts).containsText("SHA-256");

      page.keyboard().press("ArrowRight");
      assertThat(facts).containsText("a small pear no. 58");
      page.keyboard().press("ArrowLeft");
      assertThat(facts).containsText("a small pear no. 59");
      page.keyboard().press("Escape");
      assertThat(view).isHidden();
      assertThat(page.locator(".thumbnail button").first()).isFocused();
    }
  }

  @Test
  void largeView_ofARewordedPrompt_tellsBoth() {
    try (var visitor = demo.visit("")) {
      visitor.paint("a forbidden pond");
      visitor.link("Gallery").click();
      visitor.page().locator(".thumbnail button").first().press("Enter");

      var facts = visitor.page().locator("#picture dl");
      assertThat(facts).containsText("a forbidden pond");
      assertThat(facts).containsText("Rewritten after a refusal");
    }
  }

  @Test
  void picture_deleted_leavesGalleryAndCache() throws Exception {
    try (var visitor = demo.visit("#/gallery?q=pear%20no.%203");
        var client = HttpClient.newHttpClient()) {
      var page = visitor.page();
      assertThat(page.locator("#gallery-count")).hasText("11 pictures");
      page.locator(".thumbnail button").first().click();
      assertThat(page.locator("#picture dl")).containsText("Cache key");
      var key = page.locator("#picture dl .code dd").last().textContent();

      button(page.locator("#picture"), "Delete").click();
      button(visitor.dialog("Delete this picture?"), "Keep it").click();
      assertThat(get(client, demo, "admin/entries/" + key)).isEqualTo(200);
      button(page.locator("#picture"), "Delete").click();
      button(visitor.dialog("Delete this picture?"), "Delete").click();

      assertThat(page.locator("#picture")).isHidden();
      assertThat(page.locator("#gallery-count")).hasText("10 pictures");
      assertThat(get(client, demo, "admin/entries/" + key)).isEqualTo(404);
    }
  }

  @Test
  void picture_deletedWhileAPageLoads_staysAway_andTheNextClickOpensWhatItShows() {
    try (var visitor = demo.visit("")) {
      visitor.awaitPicture("golden light");
      var page = visitor.page();
      var held = new ArrayList<Route>();
      page.route("**/admin/entries?*after=*", held::add);
      visitor.link("Gallery").click();
      page.waitForCondition(() -> !held.isEmpty());
      var prompts = page.locator(".thumbnail-prompt");
      var deleted = prompts.nth(1).textContent();
      var next = prompts.nth(2).textContent();
      var listed = page.locator("#gallery-count");
      assertThat(listed).hasText("60 pictures so far");

      prompts.nth(1).click();
      button(page.locator("#picture"), "Delete").click();
      button(visitor.dialog("Delete this picture?"), "Delete").click();
      assertThat(page.locator("#picture")).isHidden();
      assertThat(prompts.nth(1)).hasText(next);
      page.unroute("**/admin/entries?*after=*");
      held.forEach(Route::resume);

      assertThat(listed).hasText(Pattern.compile("(?!59 )\\d+ pictures.*"));
      assertThat(page.locator(".thumbnail-prompt", new Page.LocatorOptions().setHasText(deleted)))
          .hasCount(0);
      assertThat(prompts.nth(1)).hasText(next);
      prompts.nth(1).click();
      assertThat(page.locator("#picture dl")).containsText(next);
    }
  }

  @Test
  void largeView_hasAnAddressOfItsOwn_andGoingBackClosesIt() {
    try (var visitor = demo.visit("#/watch");
        var guest = demo.visitor()) {
      var page = visitor.page();
      visitor.link("Gallery").click();
      page.getByLabel("Search in prompts").fill("pear no. 6");
      assertThat(page.locator("#gallery-count")).hasText("11 pictures");
      page.locator(".thumbnail button").first().click();
      var view = page.locator("#picture");
      assertThat(view.locator("dl")).containsText("Cache key");
      var key = view.locator("dl .code dd").last().textContent();
      assertThat(page).hasURL(demo.url() + "#/gallery/" + key + "?q=pear+no.+6");
      var address = page.url();

      page.goBack();
      assertThat(view).isHidden();
      assertThat(page.locator("#gallery-count")).hasText("11 pictures");
      page.goForward();
      assertThat(view).isVisible();
      assertThat(view.locator("dl")).containsText(key);
      assertThat(page.locator("#gallery-count")).hasText("11 pictures");
      // As when the browser tells late that it was closed before.
      view.dispatchEvent("close");
      page.keyboard().press("ArrowRight");
      assertThat(view.locator("dl")).containsText("no. 68");
      assertThat(page).not().hasURL(address);
      page.keyboard().press("Escape");
      assertThat(view).isHidden();
      assertThat(page).hasURL(demo.url() + "#/gallery?q=pear+no.+6");
      page.goBack();
      assertThat(page.locator("#watch-title")).isVisible();

      guest.page().navigate(address);
      assertThat(guest.page().locator("#picture img")).hasJSProperty("naturalWidth", 48);
      assertThat(guest.page().locator("#picture dl")).containsText("no. 69");
      guest.button("Close").click();
      assertThat(guest.page()).hasURL(demo.url() + "#/gallery?q=pear+no.+6");
      assertThat(guest.page().locator(".thumbnail button").first()).isFocused();
      assertThat(guest.complaints()).isEmpty();
    }
  }

  @Test
  void picture_beyondTheFirstPage_isOpenedByItsAddress_andOneThatIsGoneIsSaid() {
    try (var visitor = demo.visit("#/gallery?q=pear%20no.%201")) {
      var page = visitor.page();
      page.locator(".thumbnail button").last().click();
      assertThat(page.locator("#picture dl")).containsText("Cache key");
      var key = page.locator("#picture dl .code dd").last().textContent();
      var words = page.locator("#picture dl dd").first().textContent();

      page.navigate(demo.url() + "#/gallery/" + key);
      page.reload();
      assertThat(page.locator("#picture dl")).containsText(words);
      assertThat(page.locator("#picture img")).isVisible();

      page.navigate(demo.url() + "#/gallery/" + "0".repeat(64));
      assertThat(page.locator("#picture")).containsText("It is not there any more");
      page.keyboard().press("Escape");
      assertThat(page.locator(".thumbnail img").first()).isVisible();
    }
  }

  private static Locator button(Locator place, String name) {
    return place.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }
}
