package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever opens the page has pictures painted. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class PaintPageTest {

  private final Demo demo;

  PaintPageTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void demo_opened_paintsAPictureAtOnce() {
    try (var visitor = demo.visit("")) {
      visitor.awaitPicture("golden light over a mountain lake");

      var picture = visitor.newestCard().locator("img");
      assertThat(picture).hasJSProperty("naturalWidth", 1536);
      assertThat(picture).hasAttribute("src", Pattern.compile("blob:.*"));
      assertThat(visitor.complaints()).isEmpty();
      assertThat(visitor.moved()).isEmpty();
    }
  }

  @Test
  void prompt_sentFromTheKeyboard_showsItsProgressThenItsPicture() {
    try (var visitor = demo.visit("#/paint?prompt=nothing&width=64&height=64")) {
      visitor.prompt().fill("two green apples");
      visitor.seed().fill("-1");
      visitor.prompt().press("Control+Enter");
      visitor.awaitPicture("two green apples");

      assertThat(visitor.heard())
          .map(String::valueOf)
          .containsSubsequence(
              "Waiting in line: two green apples",
              "Painting, attempt 1 of 4: two green apples",
              "Keeping the picture: two green apples");
      var facts = visitor.newestCard().locator("dd");
      assertThat(facts.nth(0)).hasText(Pattern.compile("\\d+"));
      assertThat(facts.nth(1)).hasText("64 × 64");
      assertThat(facts.nth(2)).hasText("back end");
      assertThat(facts.nth(3)).hasText(Pattern.compile("\\d+ ms|\\d+\\.\\d s"));
      assertThat(facts.nth(4)).hasText("new");
    }
  }

  @Test
  void prompt_askedForAgain_comesFromTheCache() {
    try (var visitor = demo.visit("")) {
      visitor.paint("a plum for two");
      visitor.paint("a plum for two");

      assertThat(visitor.newestCard().locator("dd").nth(4)).hasText("hit");
    }
  }

  @Test
  void prompt_refused_isRewordedAndPainted() {
    try (var visitor = demo.visit("#/paint?prompt=x&width=64&height=64")) {
      visitor.button("a forbidden garden").click();
      visitor.awaitPicture("a forbidden garden");

      assertThat(visitor.heard())
          .map(String::valueOf)
          .containsSubsequence(
              "A back end refused the content: a forbidden garden",
              "Rewording the refused prompt: a forbidden garden",
              "Painting, attempt 1 of 4: a forbidden garden");
      assertThat(visitor.newestCard()).containsText("reworded and painted after all");
    }
  }

  @Test
  void prompt_thatNobodyPaints_saysWhyAndWhatToDo() {
    try (var visitor = demo.visit("")) {
      visitor.prompt().fill("forbidden always");
      visitor.button("Generate").click();

      var card = visitor.newestCard();
      assertThat(card).hasAttribute("data-state", "failed");
      assertThat(card).containsText("Nobody could paint this");
      assertThat(card).containsText("content refused");
      assertThat(card).containsText("word it differently");
      assertThat(card).containsText(Pattern.compile("Request \\w+"));
      assertThat(button(card, "Try again")).isVisible();
    }
  }

  @Test
  void pictures_ofOtherSeedsAndSizes_standSideBySide() {
    try (var visitor = demo.visit("")) {
      visitor.awaitPicture("golden light");
      visitor.paint("a lemon in the sun");
      button(visitor.newestCard(), "Another seed").click();
      assertThat(visitor.page().locator(".card[data-state=done]")).hasCount(3);
      visitor.newestCard().getByLabel("Vary size").selectOption("square");
      assertThat(visitor.page().locator(".card[data-state=done]")).hasCount(4);

      assertThat(visitor.newestCard().locator("dd").nth(1)).hasText("1024 × 1024");
      var first = visitor.newestCard().boundingBox();
      var second = visitor.page().locator(".card").nth(1).boundingBox();
      assertThat(second.y).isEqualTo(first.y);
    }
  }

  @Test
  void cards_closed_pushNobodyOut() {
    try (var visitor = demo.visit("")) {
      visitor.awaitPicture("golden light");
      visitor.paint("a date to stay");
      for (var i = 0; i < 24; i++) {
        visitor.paint("a date to go");
        button(visitor.newestCard(), "Remove this card").click();
        assertThat(visitor.page().locator(".card")).hasCount(2);
      }

      assertThat(visitor.newestCard()).containsText("a date to stay");
      assertThat(visitor.page().locator(".card").last()).containsText("golden light");
    }
  }

  @Test
  void form_offersTheServersModelsAndAnySeed() {
    try (var visitor = demo.visit("")) {
      assertThat(visitor.page().locator("#models option")).hasAttribute("value", "demo-painter");
      visitor.seed().fill("7");
      visitor.button("Roll a new seed").click();
      assertThat(visitor.seed()).hasValue(Pattern.compile("(?!7$)\\d+"));
    }
  }

  @Test
  void page_reopenedFromItsAddress_holdsTheSameForm() {
    try (var visitor = demo.visit("")) {
      visitor.paint("a cherry & a \"plum\", 50% off");
      visitor.seed().fill("7");
      visitor.page().getByText("More: quality").click();
      visitor.page().getByLabel("Leave out").fill("text");
      visitor.waitUntilAddressHolds("negative_prompt=text");
      var address = visitor.page().url();
      assertThat(address).doesNotContain("key").doesNotContain("demo-admin");

      visitor.page().navigate("about:blank");
      visitor.page().navigate(address);

      assertThat(visitor.prompt()).hasValue("a cherry & a \"plum\", 50% off");
      assertThat(visitor.page().getByLabel("Width")).hasValue("96");
      assertThat(visitor.seed()).hasValue("7");
      assertThat(visitor.page().getByLabel("Leave out")).hasValue("text");
      assertThat(visitor.page().getByLabel("Leave out")).isVisible();
    }
  }

  private static Locator button(Locator card, String name) {
    return card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }
}
