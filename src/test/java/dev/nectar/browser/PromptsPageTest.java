package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prompts of any script and length. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class PromptsPageTest {

  private static final String HEBREW = "תפוח אדום";

  private final Demo demo;

  PromptsPageTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void address_isReadable_andCopiedAsItIsSent() {
    try (var visitor = demo.visit("#/paint?prompt=x&width=64&height=64")) {
      visitor.prompt().fill("猫 50% / née?\u202e");
      var address = visitor.page().locator("#address");
      var sent = "prompt/%E7%8C%AB%2050%25%20%2F%20n%C3%A9e%3F%E2%80%AE?width=64&height=64";

      assertThat(address)
          .hasText(demo.url() + "prompt/猫%2050%25%20%2F%20née%3F%E2%80%AE?width=64&height=64");
      var signed = visitor.copied(visitor.button("Copy this URL"));
      assertThat(signed)
          .startsWith(demo.url() + sent.substring(0, sent.indexOf('?')) + "?height=64&")
          .contains("&sig=");

      address.selectText();
      copiedByHand(visitor);
      visitor
          .page()
          .waitForCondition(
              () -> signed.equals(visitor.page().evaluate("navigator.clipboard.readText()")));
      address.locator("mark").selectText();
      assertThat(copiedByHand(visitor)).isEqualTo(sent.substring(7, sent.indexOf('?')));
    }
  }

  private static Object copiedByHand(Visitor visitor) {
    visitor.page().keyboard().press("Control+c");
    return visitor.page().evaluate("navigator.clipboard.readText()");
  }

  @Test
  void prompt_fromRightToLeft_standsAtTheRight() {
    try (var visitor = demo.visit("")) {
      visitor.paint(HEBREW);

      assertThat(visitor.prompt()).hasCSS("direction", "rtl");
      assertThat(visitor.newestCard().locator(".card-prompt")).hasCSS("direction", "rtl");
      assertThat(visitor.page().locator("#address mark")).hasCSS("direction", "rtl");
      assertThat(visitor.page().locator("#address")).hasCSS("direction", "ltr");
      visitor.link("Gallery").click();
      assertThat(visitor.page().locator(".thumbnail-prompt").first()).hasCSS("direction", "rtl");
      visitor.page().locator(".thumbnail button").first().press("Enter");
      assertThat(visitor.page().locator("#picture dd").first()).hasText(HEBREW);
      assertThat(visitor.page().locator("#picture dd").first()).hasCSS("direction", "rtl");
      visitor.page().keyboard().press("Escape");
      visitor.page().getByLabel("Search in prompts").fill(HEBREW);
      assertThat(visitor.page().getByLabel("Search in prompts")).hasCSS("direction", "rtl");
      assertThat(visitor.page().locator("#gallery-count")).hasText("1 picture");
    }
  }

  @Test
  void prompt_tooLongForALine_isPaintedWhole() {
    try (var visitor = demo.visit("")) {
      var prompt = "猫".repeat(31_989) + " and a pear";
      visitor.paint(prompt);

      assertThat(visitor.prompt()).hasValue(prompt);
      assertThat(visitor.newestCard()).containsText("too long for a URL");
      assertThat(visitor.newestCard().locator(".segments button").first()).isDisabled();
      assertThat(visitor.page().locator("#verb")).hasText("POST");
      assertThat(visitor.newestCard().locator("dd").nth(4)).hasText("new");
      visitor.paint(prompt);
      assertThat(visitor.newestCard().locator("dd").nth(4)).hasText("hit");
      assertThat(visitor.complaints()).isEmpty();
      assertThat(visitor.barriers()).isEmpty();
    }
  }

  @Test
  void prompt_ofNineThousand_hasAUrl() {
    try (var visitor = demo.visit("")) {
      visitor.paint("a ".repeat(4_500).strip());

      assertThat(visitor.copied("Copy URL")).contains("/prompt/a%20a%20").contains("&sig=");
    }
  }

  @Test
  void prompt_overTheBound_isSaid_notCut() {
    try (var visitor = demo.visit("")) {
      visitor.awaitPicture("golden light");
      var prompt = "🍐".repeat(32_005);
      visitor.prompt().fill(prompt);

      assertThat(visitor.page().getByText("32,005 characters are 5 too many.")).isVisible();
      assertThat(visitor.prompt()).hasValue(prompt);
      visitor.button("Generate").click();
      assertThat(visitor.page().locator(".card")).hasCount(1);
      assertThat(visitor.barriers()).isEmpty();

      visitor.prompt().fill("🍐".repeat(32_000));
      assertThat(visitor.page().getByText("too many")).isHidden();
      visitor.button("Generate").click();
      assertThat(visitor.page().locator(".card")).hasCount(2);
    }
  }

  @Test
  void field_foldedAway_thatIsWrong_isShown() {
    try (var visitor = demo.visit("")) {
      visitor.awaitPicture("golden light");
      visitor.page().getByText("More: quality").click();
      visitor.page().getByLabel("Leave out").fill("x".repeat(32_001));
      visitor.page().getByText("More: quality").click();
      assertThat(visitor.page().getByLabel("Leave out")).isHidden();

      visitor.button("Generate").click();

      assertThat(visitor.page().getByLabel("Leave out")).isVisible();
      assertThat(visitor.page().getByLabel("Leave out")).isFocused();
      assertThat(visitor.page().locator(".card")).hasCount(1);
    }
  }
}
