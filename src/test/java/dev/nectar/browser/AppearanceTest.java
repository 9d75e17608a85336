package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page suits desks and phones, light and dark, eyes and ears. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class AppearanceTest {

  private static final int HEIGHT = 844;
  private static final String[] VIEWS = {"Paint", "Gallery", "Watch"};

  private final Demo demo;

  AppearanceTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void views_lightOrDark_haveNoBarriers() {
    try (var visitor = demo.visit("", desk())) {
      for (var view : VIEWS) {
        open(visitor, view);
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
          assertThat(lightness(visitor) < 128).isEqualTo(scheme == ColorScheme.DARK);
          assertThat(visitor.barriers()).as(view + " " + scheme).isEmpty();
          screenshot(visitor, view + "-" + scheme);
        }
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

  @Test
  void views_onASmallScreen_fitAndHaveNoBarriers() {
    var phone =
        new Browser.NewContextOptions()
            .setViewportSize(320, HEIGHT)
            .setIsMobile(true)
            .setHasTouch(true);
    try (var visitor = demo.visit("", phone)) {
      for (var view : VIEWS) {
        open(visitor, view);
        for (var width : List.of(320, 390, 820)) {
          widen(visitor, width);
          assertThat(scroll(visitor, "Width")).as(view).isEqualTo(width);
          assertThat(visitor.barriers()).as(view + " " + width).isEmpty();
          screenshot(visitor, view + "-" + width);
        }
      }
    }
  }

  @Test
  void cards_failed_areAsWideAsOthers() {
    try (var visitor = demo.visit("#/paint?prompt=x&width=224&height=128", window())) {
      visitor.awaitPicture("x");
      visitor.prompt().fill("forbidden always");
      visitor.button("Generate").click();
      assertThat(visitor.newestCard()).hasAttribute("data-state", "failed");

      for (var width : List.of(320, 390, 1440)) {
        widen(visitor, width);
        var card = visitor.newestCard().boundingBox();
        assertThat(card.x + card.width).isLessThanOrEqualTo(width);
        assertThat(visitor.newestCard().locator(".frame").boundingBox().width)
            .isEqualTo(card.width);
        assertThat(scroll(visitor, "Width")).isEqualTo(width);
        assertThat(visitor.barriers()).as("at " + width).isEmpty();
        screenshot(visitor, "failed-" + width);
      }
    }
  }

  @Test
  void cards_five_areNoLongColumn() {
    try (var visitor = demo.visit("#/paint?prompt=five&width=64&height=64", window())) {
      visitor.awaitPicture("five");
      for (var i = 1; i < 5; i++) {
        visitor.newestCard().getByText("Another seed").click();
        assertThat(visitor.page().locator(".card[data-state=done]")).hasCount(i + 1);
      }

      // In a column they would be as high as five times their width, and more.
      Map.of(390, 1_700, 820, 3_000, 1440, 1_600)
          .forEach((width, height) -> {
            widen(visitor, width);
            assertThat(scroll(visitor, "Height")).as("at " + width).isLessThan(height);
            assertThat(scroll(visitor, "Width")).isEqualTo(width);
            assertThat(visitor.barriers()).as("at " + width).isEmpty();
          });
    }
  }

  /** As narrow as the narrowest. */
  private static Browser.NewContextOptions window() {
    return new Browser.NewContextOptions().setViewportSize(320, HEIGHT);
  }

  /** Until the page has been drawn that wide. */
  private static void widen(Visitor visitor, int width) {
    visitor.page().setViewportSize(width, HEIGHT);
    visitor
        .page()
        .evaluate(
            "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
  }

  /** What there is to see, in pixels, be it outside the window. */
  private static int scroll(Visitor visitor, String side) {
    return (Integer) visitor.page().evaluate("document.documentElement.scroll" + side);
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
