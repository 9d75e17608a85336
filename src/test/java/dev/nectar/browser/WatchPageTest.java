package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever runs the server sees how it does. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class WatchPageTest {

  private final Demo demo;
  private final Chromium chromium;

  WatchPageTest(Demo demo, Chromium chromium) {
    this.demo = demo;
    this.chromium = chromium;
  }

  @Test
  void watch_showsWhatTheServerCounted_andGoesOn() {
    try (var visitor = demo.visit("");
        var painter = demo.visit("")) {
      visitor.paint("a melon to count");
      visitor.paint("a melon to count");
      visitor.link("Watch").click();

      assertThat(visitor.page().locator("#watch-health")).containsText("All 4 back ends are up");
      assertThat(figure(visitor, "Hit ratio")).hasText(Pattern.compile("\\d+%"));
      assertThat(figure(visitor, "Generations")).hasText(Pattern.compile("\\d+ running"));
      assertThat(figure(visitor, "Saved by the cache")).hasText(Pattern.compile("\\d+ images?"));
      assertThat(figure(visitor, "Cache")).hasText(Pattern.compile("[\\d.]+ [KM]B"));
      var painted = visitor.page().locator(".backends dd").nth(1);
      var before = Integer.parseInt(painted.textContent());
      assertThat(before).isPositive();

      painter.paint("a melon that comes later");

      assertThat(painted).not().hasText(String.valueOf(before));
      assertThat(visitor.page().locator(".plot rect.cached").first()).isAttached();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void watch_onceAPictureWasPainted_savedNothing(@TempDir Path cache) {
    try (var site = Site.demo(cache);
        var visitor = chromium.visit(site.url() + "#/paint?prompt=a%20fig&width=64&height=64")) {
      visitor.awaitPicture("a fig");
      visitor.prompt().fill("forbidden always");
      visitor.button("Generate").click();
      assertThat(visitor.newestCard()).hasAttribute("data-state", "failed");

      visitor.link("Watch").click();

      assertThat(figure(visitor, "Saved by the cache")).hasText("No data yet");
      assertThat(figure(visitor, "Hit ratio")).hasText("0%");
      var plot = panel(visitor, "Requests per minute").locator(".plot");
      assertThat(plot.locator("rect.made").first()).isAttached();
      assertThat(plot.locator("rect.failed").first()).isAttached();
      assertThat(plot.locator("rect.cached")).hasCount(0);
      assertThat(panel(visitor, "Generations").locator("rect.generating").first()).isAttached();
      visitor.page().getByText("Every minute as a table").click();
      assertThat(visitor.page().locator(".minutes tbody tr").first()).isVisible();
      assertThat(visitor.barriers()).isEmpty();
    }
  }

  @Test
  void watch_leftOpen_pilesUpNothing() {
    try (var visitor = demo.visitor()) {
      var page = visitor.page();
      page.clock().install();
      page.addInitScript(
          """
          window.listeners = 0;
          const add = EventTarget.prototype.addEventListener;
          EventTarget.prototype.addEventListener = function (...rest) {
            window.listeners += 1;
            return add.apply(this, rest);
          };
          """);
      page.navigate(demo.url() + "#/watch");
      assertThat(page.locator(".backends")).isVisible();
      page.clock().runFor(5_000);
      var before = page.evaluate("window.listeners");

      for (var asked = asked(visitor); asked(visitor) < asked + 5; ) {
        page.clock().runFor(1_000);
      }

      assertThat(page.evaluate("window.listeners")).isEqualTo(before);
    }
  }

  private static int asked(Visitor visitor) {
    return visitor.requests(url -> url.endsWith("/status")).size();
  }

  private static Locator figure(Visitor visitor, String panel) {
    return panel(visitor, panel).locator(".figure");
  }

  private static Locator panel(Visitor visitor, String name) {
    return visitor
        .page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
