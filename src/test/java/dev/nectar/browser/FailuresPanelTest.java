package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Admins see why there was no picture. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class FailuresPanelTest {

  private static final String TITLE = "What failed lately";

  private final Demo demo;

  FailuresPanelTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void watch_showsAdminsWhatFailed_andNobodyElse() {
    try (var visitor = demo.visit("")) {
      visitor.prompt().fill("a pond that is forbidden always");
      visitor.button("Generate").click();
      assertThat(visitor.newestCard()).hasAttribute("data-state", "failed");
      visitor.link("Watch").click();
      visitor.page().getByText(TITLE).click();

      var failure = visitor.page().locator("details .failures li").first();
      assertThat(failure).containsText("fallback");
      assertThat(failure).containsText("503");
      assertThat(failure).containsText("no network");
      assertThat(visitor.page().locator("details .failures"))
          .not()
          .containsText("a pond that is forbidden");

      visitor.page().evaluate("sessionStorage.removeItem('nectar.admin')");
      assertThat(visitor.page().getByText(TITLE)).isHidden();
      assertThat(visitor.barriers()).isEmpty();
    }
  }
}
