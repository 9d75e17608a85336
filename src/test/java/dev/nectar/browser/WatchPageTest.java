package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever runs the server sees how it does. */
@ExtendWith(BrowserExtension.class)
class WatchPageTest {

  private final Demo demo;

  WatchPageTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void watch_showsWhatTheServerCounted_andGoesOn() {
    try (var visitor = demo.visit("");
        var painter = demo.visit("")) {
      visitor.paint("a melon to count");
      visitor.paint("a melon to count");
      visitor.link("Watch").click();

      assertThat(visitor.page().locator("#watch-health")).containsText("The back end is up");
      assertThat(figure(visitor, "Hit ratio")).hasText(Pattern.compile("\\d+%"));
      assertThat(figure(visitor, "Generations")).hasText(Pattern.compile("\\d+ running"));
      assertThat(figure(visitor, "Saved by the cache")).hasText(Pattern.compile("\\d+ images?"));
      assertThat(figure(visitor, "Cache")).hasText(Pattern.compile("[\\d.]+ [KM]B"));
      var painted = visitor.page().locator(".backends dd").nth(1);
      var before = Integer.parseInt(painted.textContent());
      assertThat(before).isPositive();

      painter.paint("a melon that comes later");

      assertThat(painted).not().hasText(String.valueOf(before));
      assertThat(visitor.page().locator(".plot rect.hits").first()).isAttached();
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  private static Locator figure(Visitor visitor, String panel) {
    return visitor
        .page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(panel).setExact(true))
        .locator(".figure");
  }
}
