package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the address, the browser or the line, the page is not blank. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class PageStartTest {

  private static final List<String> PLACES =
      List.of("constructor", "__proto__", "toString/x?q=1", "nothing", "%E0%A4%A", "?");

  private static final String CLOSED_STORAGE =
      """
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          get() { throw new DOMException('Access is denied', 'SecurityError'); },
        });
      }
      """;

  private final Demo demo;

  PageStartTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void address_unknown_isPaint() {
    try (var visitor = demo.visitor()) {
      for (var place : PLACES) {
        visitor.page().navigate("about:blank");
        visitor.page().navigate(demo.url() + "#/" + place);
        assertThat(visitor.prompt()).isVisible();
        visitor.awaitPicture("golden light");
        assertThat(visitor.complaints()).as(place).isEmpty();
      }

      visitor.page().evaluate("location.hash = '#/hasOwnProperty'");
      visitor.link("Gallery").click();
      assertThat(visitor.page().locator("#gallery-title")).isVisible();
      visitor.page().evaluate("location.hash = '#/valueOf'");
      assertThat(visitor.prompt()).isVisible();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void storage_closed_keepsNothingButThePage() {
    try (var visitor = demo.visitor()) {
      visitor.page().addInitScript(CLOSED_STORAGE);
      visitor.page().navigate(demo.url());

      visitor.awaitPicture("golden light");
      visitor.button("Dark theme").click();
      assertThat(visitor.button("Dark theme")).hasAttribute("aria-pressed", "true");
      visitor.link("Gallery").click();
      assertThat(visitor.page().locator(".thumbnail img").first()).isVisible();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void server_thatDoesNotAnswerAtOnce_isAskedUntilItDoes() {
    try (var visitor = demo.visitor()) {
      visitor.page().route("**/ui/config.json", Route::abort);
      visitor.page().navigate(demo.url());
      assertThat(visitor.page().getByText("The server can’t be reached")).isVisible();

      visitor.page().unroute("**/ui/config.json");

      visitor.awaitPicture("golden light");
      assertThat(visitor.page().getByText("The server can’t be reached")).isHidden();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"**/ui/watch/charts.js", "**/ui/style/watch.css"})
  void view_thatCouldNotBeFetched_comesOnceItCan(String part) {
    try (var visitor = demo.visitor()) {
      visitor.page().route(part, Route::abort);
      visitor.page().navigate(demo.url());
      visitor.awaitPicture("golden light");
      visitor.link("Watch").click();
      assertThat(visitor.page().getByText("The server can’t be reached")).isVisible();
      visitor.link("Paint").click();
      assertThat(visitor.prompt()).isVisible();
      assertThat(visitor.page().getByText("The server can’t be reached")).isHidden();
      visitor.link("Watch").click();

      visitor.page().unroute(part);

      assertThat(visitor.page().locator(".backends")).isVisible();
      assertThat(visitor.page().getByText("The server can’t be reached")).isHidden();
    }
  }

  @Test
  void script_thatCouldNotBeFetched_isSaid() {
    try (var visitor = demo.visitor()) {
      visitor.page().route("**/ui/shared/dom.js", Route::abort);
      visitor.page().navigate(demo.url());

      assertThat(visitor.page().getByText("This page could not be loaded whole.")).isVisible();
    }
  }

  @Test
  void line_slow_showsThatSomethingComes() {
    try (var visitor = demo.visitor()) {
      visitor.page().route("**/ui/main.js", route -> {});
      visitor
          .page()
          .navigate(demo.url(), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));

      assertThat(visitor.link("Gallery")).isVisible();
      assertThat(visitor.page().getByText("Loading")).isVisible();
      assertThat(visitor.page().locator("#loading")).hasCSS("opacity", "1");
    }
  }
}
