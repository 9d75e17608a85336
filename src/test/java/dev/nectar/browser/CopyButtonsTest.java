package dev.nectar.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.nectar.server.Painter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the page hands out about a picture works elsewhere. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class CopyButtonsTest {

  private final Demo demo;
  private final Chromium chromium;

  CopyButtonsTest(Demo demo, Chromium chromium) {
    this.demo = demo;
    this.chromium = chromium;
  }

  @Test
  void url_copied_showsThePictureWithoutAKey() throws Exception {
    try (var visitor = demo.visit("")) {
      visitor.paint("a pear (ripe)");

      var url = visitor.copied("Copy URL");

      assertThat(url)
          .startsWith(demo.url() + "prompt/a%20pear%20%28ripe%29?")
          .doesNotContain("key=");
      assertThat(contentType(url)).isEqualTo("image/png");
    }
  }

  @Test
  void url_copiedUnderAPrefix_bearsIt() throws Exception {
    try (var proxy = PrefixProxy.before(demo.url(), "/pictures/");
        var visitor = chromium.visit(proxy.url())) {
      visitor.paint("a pear under a cloche");

      var url = visitor.copied("Copy URL");

      assertThat(url).startsWith(proxy.url() + "prompt/").contains("sig=");
      assertThat(contentType(url)).isEqualTo("image/png");
    }
  }

  @Test
  void texts_copied_embedThatUrl() {
    try (var visitor = demo.visit("")) {
      visitor.paint("a [red] \"apple\"");

      var url = visitor.copied("Copy URL");

      assertThat(visitor.copied("Markdown")).isEqualTo("![a \\[red\\] \"apple\"](" + url + ")");
      assertThat(visitor.copied("HTML"))
          .isEqualTo(
              "<img src=\"%s\" alt=\"a [red] &quot;apple&quot;\" width=\"96\" height=\"64\">"
                  .formatted(url.replace("&", "&amp;")));
      assertThat(visitor.copied("curl")).isEqualTo("curl -o a-red-apple-42.png '" + url + "'");
    }
  }

  @Test
  void addressBar_copied_isTheSignedUrlOfTheForm() throws Exception {
    try (var visitor = demo.visit("#/paint?prompt=a%20quince&width=64&height=64&seed=3")) {
      var url = visitor.copied(visitor.button("Copy this URL"));

      assertThat(url).startsWith(demo.url() + "prompt/a%20quince?height=64&seed=3&width=64&sig=");
      assertThat(contentType(url)).isEqualTo("image/png");
    }
  }

  @Test
  void links_ofAServerThatSetsNoSigningKey_showThePictureInAnotherBrowserWithoutAKey(
      @TempDir Path cache) throws Exception {
    try (var painter = Painter.start();
        var site = Site.plain(cache, painter.url());
        var owner = chromium.visit(site.url())) {
      painter.paints(Site.picture());
      owner.button("Generate").click();
      owner.page().locator("#key-input").fill(Site.KEY);
      owner.page().keyboard().press("Enter");
      PlaywrightAssertions.assertThat(owner.newestCard()).hasAttribute("data-state", "done");
      var url = owner.copied("Copy URL");
      var inMarkdown = owner.copied("Markdown").replaceFirst(".*\\((.*)\\)", "$1");
      var inHtml = owner.copied("HTML");
      var inBar = owner.copied(owner.button("Copy this URL"));

      assertThat(List.of(url, inMarkdown, inHtml, inBar))
          .allMatch(link -> link.contains("sig="))
          .noneMatch(link -> link.contains(Site.KEY));
      assertThat(owner.copied("curl")).doesNotContain("Authorization");
      for (var html :
          List.of(
              "<img src='%s'>".formatted(url),
              "<img src='%s'>".formatted(inMarkdown),
              inHtml,
              "<img src='%s'>".formatted(inBar))) {
        try (var stranger = chromium.visitor()) {
          stranger.page().setContent("<!doctype html><title>A page</title>" + html);
          stranger.page().waitForCondition(() -> isWidth(96, stranger));
        }
      }
    }
  }

  private static boolean isWidth(int width, Visitor visitor) {
    return Integer.valueOf(width)
        .equals(visitor.page().evaluate("document.images[0].naturalWidth"));
  }

  @Test
  void download_savesThePictureUnderAName() throws IOException {
    try (var visitor = demo.visit("")) {
      visitor.paint("a basket of figs");

      var download =
          visitor
              .page()
              .waitForDownload(() ->
                  visitor
                      .newestCard()
                      .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Download"))
                      .click());

      assertThat(download.suggestedFilename()).isEqualTo("a-basket-of-figs-42.png");
      assertThat(Files.readAllBytes(download.path())).startsWith(0x89, 'P', 'N', 'G');
    }
  }

  private static String contentType(String url) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
      return answer.headers().firstValue("Content-Type").orElse("");
    }
  }
}
