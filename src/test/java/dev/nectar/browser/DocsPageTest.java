package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The description of the API is shown, and nothing for it comes from elsewhere. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class DocsPageTest {

  private final Chromium chromium;
  private final Demo demo;

  DocsPageTest(Chromium chromium, Demo demo) {
    this.chromium = chromium;
    this.demo = demo;
  }

  @Test
  void docs_showEveryKindOfClient_andAskNobodyElse() {
    try (var visitor = chromium.visitor()) {
      var asked = new CopyOnWriteArrayList<String>();
      var complaints = new CopyOnWriteArrayList<String>();
      visitor.page().onRequest(request -> asked.add(request.url()));
      visitor
          .page()
          .onConsoleMessage(message -> {
            if (message.type().equals("error")) {
              complaints.add(message.text());
            }
          });
      visitor.page().navigate(demo.url() + "docs");

      assertThat(visitor.page().locator(".opblock-tag")).hasCount(5);
      assertThat(visitor.page().locator("#operations-Pictures-picture")).isVisible();
      visitor.page().locator("#operations-OpenAI-openAiImages button").first().click();
      assertThat(visitor.page().locator("#operations-OpenAI-openAiImages"))
          .containsText("revised_prompt");
      assertThat(visitor.page().locator(".errors-wrapper")).hasCount(0);
      assertThat(asked).allMatch(url -> url.startsWith(demo.url()) || url.startsWith("data:"));
      assertThat(complaints).isEmpty();
    }
  }
}
