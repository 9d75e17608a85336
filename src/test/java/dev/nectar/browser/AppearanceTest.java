package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page suits desks and phones, light and dark, eyes and ears. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class AppearanceTest {

  private static final String[] VIEWS = {"Paint", "Gallery", "Watch"};

  private final Demo demo;

  AppearanceTest(Demo demo) {
    this.demo = demo;
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void views_lightOrDark_haveNoBarriers(ColorScheme scheme) {
    try (var visitor = demo.visit("", desk().setColorScheme(scheme))) {
      for (var view : VIEWS) {
        open(visitor, view);
        assertThat(visitor.barriers()).as(view).isEmpty();
        screenshot(visitor, view + "-" + scheme);
      }
    }
  }

  @Test
  void dialogs_haveNoBarriers() {
    try (var visitor = demo.visit("", desk())) {
      open(visitor, "Gallery");
      visitor.page().locator(".thumbnail button").first().click();
      assertThat(visitor.page().locator("#picture dl")).containsText("Cache key");
      assertThat(visitor.barriers()).isEmpty();

      visitor
          .page()
          .getByText("Delete", new Page.GetByTextOptions().setExact(true))
          .first()
          .click();
      assertThat(visitor.dialog("Delete this picture?")).isVisible();
      assertThat(visitor.barriers()).isEmpty();
    }
  }

  @Test
  void theme_chosen_winsOverTheSystems_andStays() {
    try (var visitor = demo.visit("", desk().setColorScheme(ColorScheme.LIGHT))) {
      assertThat(lightness(visitor)).isGreaterThan(200);

      visitor.button("Dark theme").click();
      assertThat(lightness(visitor)).isLessThan(50);

      visitor.page().reload();
      assertThat(visitor.button("Dark theme")).hasAttribute("aria-pressed", "true");
      assertThat(lightness(visitor)).isLessThan(50);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 820})
  void views_onASmallScreen_fitAndHaveNoBarriers(int width) {
    var phone =
        new Browser.NewContextOptions()
            .setViewportSize(width, 844)
            .setIsMobile(true)
            .setHasTouch(true);
    try (var visitor = demo.visit("", phone)) {
      for (var view : VIEWS) {
        open(visitor, view);
        assertThat(visitor.page().evaluate("document.documentElement.scrollWidth"))
            .as(view)
            .isEqualTo(width);
        assertThat(visitor.barriers()).as(view).isEmpty();
        screenshot(visitor, view + "-" + width);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 1440})
  void cards_failed_areAsWideAsOthers(int width) {
    var window = new Browser.NewContextOptions().setViewportSize(width, 844);
    try (var visitor = demo.visit("#/paint?prompt=x&width=1792&height=1024", window)) {
      visitor.awaitPicture("x");
      visitor.prompt().fill("forbidden always");
      visitor.button("Generate").click();
      assertThat(visitor.newestCard()).hasAttribute("data-state", "failed");

      var card = visitor.newestCard().boundingBox();
      assertThat(card.x + card.width).isLessThanOrEqualTo(width);
      assertThat(visitor.newestCard().locator(".frame").boundingBox().width).isEqualTo(card.width);
      assertThat(visitor.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
      assertThat(visitor.barriers()).isEmpty();
      screenshot(visitor, "failed-" + width);
    }
  }

  @ParameterizedTest
  @CsvSource({"390, 1600", "820, 3000", "1440, 1600"})
  void cards_five_areNoLongColumn(int width, int height) {
    var window = new Browser.NewContextOptions().setViewportSize(width, 844);
    try (var visitor = demo.visit("#/paint?prompt=five&width=512&height=512", window)) {
      visitor.awaitPicture("five");
      for (var i = 1; i < 5; i++) {
        visitor.newestCard().getByText("Another seed").click();
        assertThat(visitor.page().locator(".card[data-state=done]")).hasCount(i + 1);
      }

      assertThat((Integer) visitor.page().evaluate("document.documentElement.scrollHeight"))
          .isLessThan(height);
      assertThat(visitor.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
      assertThat(visitor.barriers()).isEmpty();
    }
  }

  private static Browser.NewContextOptions desk() {
    return new Browser.NewContextOptions().setViewportSize(1440, 900);
  }

  private static void open(Visitor visitor, String view) {
    visitor.awaitPicture("golden light");
    visitor.link(view).click();
    var filled =
        switch (view) {
          case "Paint" -> ".card img";
          case "Gallery" -> ".thumbnail img";
          default -> ".backends";
        };
    assertThat(visitor.page().locator(filled).first()).isVisible();
  }

  private static int lightness(Visitor visitor) {
    return (Integer)
        visitor
            .page()
            .evaluate(
                "Number(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])");
  }

  private static void screenshot(Visitor visitor, String name) {
    visitor
        .page()
        .screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", name.toLowerCase(Locale.ROOT) + ".png")));
  }
}
