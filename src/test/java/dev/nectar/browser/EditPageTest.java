package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.nectar.image.SampleImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever has a picture has another one painted from it. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class EditPageTest {

  private static final String FORM = "#/paint?prompt=bluer&width=64&height=64&seed=";

  private final Demo demo;

  EditPageTest(Demo demo) {
    this.demo = demo;
  }

  @Test
  void files_givenInEachWay_goAlongInTheirOrderOncePaintingBegins() throws Exception {
    try (var visitor = demo.visit(FORM + "5")) {
      visitor.awaitPicture("bluer");
      var picked = png(1);
      var removed = png(2);
      var pasted = png(3);
      var dropped = png(4);
      pick(visitor, file("a.png", picked), file("b.png", removed));
      give(visitor, "paste", "c d.png", pasted);
      give(visitor, "drop", "e.png", dropped);
      visitor.button("Remove b.png").click();

      assertThat(tiles(visitor)).hasCount(3);
      assertThat(visitor.button("Remove c d.png")).isFocused();
      assertThat(visitor.page().locator("#verb")).hasText("POST");
      assertThat(visitor.requests(url -> url.endsWith("/prompt"))).isEmpty();
      visitor.button("Generate").click();
      assertThat(visitor.page().locator(".card")).hasCount(2);
      visitor.awaitPicture("bluer");

      assertThat(linked(visitor.copied("Copy URL"), "image"))
          .isEqualTo(
              "sha256:%s|sha256:%s|sha256:%s"
                  .formatted(
                      SampleImages.sha256(picked),
                      SampleImages.sha256(pasted),
                      SampleImages.sha256(dropped)));
      assertThat(visitor.requests(url -> url.endsWith("/prompt"))).hasSize(1);
      assertThat(visitor.newestCard()).containsText("as long as it is kept");
      assertThat(visitor.copied("curl"))
          .isEqualTo(
              "curl -o bluer-5.png -H \"Authorization: Bearer $NECTAR_KEY\" --form-string"
                  + " 'prompt=bluer' --form-string 'width=64' --form-string 'height=64'"
                  + " --form-string 'seed=5' -F image=@a.png -F 'image=@\"c d.png\"'"
                  + " -F image=@e.png '"
                  + demo.url()
                  + "prompt'");
      visitor.button("Copy this URL").click();
      visitor.page().waitForCondition(() -> heard(visitor, "files have no URL"));
      pick(visitor, new FilePayload("a.txt", "text/plain", new byte[] {1}));
      assertThat(visitor.page().locator("#inputs-problem"))
          .hasText(Pattern.compile("a\\.txt is no PNG.*"));
      assertThat(visitor.complaints()).isEmpty();
    }
  }

  @Test
  void mask_paintedByKeysAndByHand_isTransparentThere() throws Exception {
    try (var visitor = demo.visit(FORM + "6")) {
      visitor.awaitPicture("bluer");
      pick(visitor, file("a.png", Site.picture()));
      visitor.button("Paint a mask").click();
      assertThat(visitor.dialog("What may change")).isVisible();
      assertThat(visitor.barriers()).isEmpty();

      var keyboard = visitor.page().keyboard();
      keyboard.press("Space");
      keyboard.press("Shift+ArrowLeft");
      var canvas = visitor.page().locator(".mask canvas").boundingBox();
      visitor.page().mouse().click(canvas.x + canvas.width * 0.9, canvas.y + canvas.height * 0.9);
      visitor.button("Use the mask").click();

      assertThat(visitor.button("Change mask")).isFocused();
      assertThat(alphas(visitor)).isEqualTo(List.of(96, 64, 0, 0, 255, 255));
      visitor.button("Generate").click();
      assertThat(visitor.page().locator(".card")).hasCount(2);
      visitor.awaitPicture("bluer");
      assertThat(linked(visitor.copied("Copy URL"), "mask")).startsWith("sha256:");
      assertThat(visitor.copied("curl")).contains("-F image=@a.png -F mask=@mask.png");

      visitor.button("Change mask").click();
      visitor.button("Clear").click();
      visitor.button("Use the mask").click();
      assertThat(visitor.page().locator("#save-mask")).isHidden();
    }
  }

  @Test
  void picture_edited_isTheFirstInputByItsUrl_andRepeatable() throws Exception {
    try (var visitor = demo.visit(FORM + "7")) {
      visitor.awaitPicture("bluer");
      button(visitor.newestCard(), "Edit this").click();

      assertThat(visitor.prompt()).isFocused();
      assertThat(tiles(visitor)).hasCount(1);
      visitor.prompt().fill("greener");
      visitor.waitUntilAddressHolds("image=http");
      visitor.button("Generate").click();
      visitor.awaitPicture("greener");

      var url = visitor.copied("Copy URL");
      assertThat(linked(url, "image")).startsWith(demo.url() + "prompt/bluer?");
      assertThat(visitor.copied("curl")).isEqualTo("curl -o greener-7.png '" + url + "'");
      var answer = get(url);
      assertThat(answer.headers().firstValue("X-Cache")).hasValue("HIT");
      assertThat(visitor.copied(visitor.button("Copy this URL"))).contains("image=http");

      visitor.page().locator("#input-url").fill("http://127.0.0.1:1/private.png");
      visitor.page().locator("#input-url").press("Enter");
      assertThat(tiles(visitor)).hasCount(2);
      visitor.button("Generate").click();
      assertThat(visitor.newestCard()).hasAttribute("data-state", "failed");
      assertThat(visitor.newestCard()).containsText("could not be downloaded");
    }
  }

  @Test
  void picture_editedFromTheGallery_isTheFirstInput() {
    try (var visitor = demo.visit(FORM + "8")) {
      visitor.awaitPicture("bluer");
      button(visitor.newestCard(), "Edit this").click();
      visitor.prompt().fill("a redder one");
      visitor.button("Generate").click();
      visitor.awaitPicture("a redder one");
      visitor.link("Gallery").click();
      visitor.page().getByLabel("Search in prompts").fill("a redder one");
      assertThat(visitor.page().locator(".thumbnail")).hasCount(1);
      visitor.page().locator(".thumbnail button").click();
      assertThat(visitor.page().locator("#picture-facts"))
          .containsText(Pattern.compile("Made from\\s*image/png, .*, [0-9a-f]{64}"));

      button(visitor.page().locator("#picture"), "Edit this").click();

      assertThat(visitor.prompt()).isFocused();
      assertThat(tiles(visitor).first().locator("img")).hasAttribute("alt", "a redder one");
      assertThat(visitor.page().locator("#picture")).isHidden();
      visitor.prompt().fill("a redder one still");
      visitor.button("Generate").click();
      visitor.awaitPicture("a redder one still");
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "1440, DARK"})
  void form_withPictures_fitsAndHasNoBarriers(int width, ColorScheme scheme) throws IOException {
    var window = new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme);
    try (var visitor = demo.visit(FORM + "9", window)) {
      visitor.awaitPicture("bluer");
      for (var i = 0; i < 6; i++) {
        pick(visitor, file("picture-" + i + ".png", Site.picture()));
      }
      assertFits(visitor, "inputs-", width);

      visitor.button("Paint a mask").click();
      assertThat(visitor.dialog("What may change")).isVisible();
      visitor.page().keyboard().press("Space");
      assertFits(visitor, "mask-", width);
    }
  }

  private static void assertFits(Visitor visitor, String name, int width) {
    assertThat(visitor.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
    assertThat(visitor.barriers()).isEmpty();
    visitor
        .page()
        .screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", name + width + ".png")));
  }

  private static Locator button(Locator inside, String name) {
    return inside.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  private static Locator tiles(Visitor visitor) {
    return visitor.page().locator("#input-list li");
  }

  /** Each of another colour. */
  private static byte[] png(int colour) throws IOException {
    var image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, colour);
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static FilePayload file(String name, byte[] bytes) {
    return new FilePayload(name, "image/png", bytes);
  }

  private static void pick(Visitor visitor, FilePayload... files) {
    visitor.page().locator("#input-files").setInputFiles(files);
  }

  /** Pastes or drops a file. */
  private static void give(Visitor visitor, String event, String name, byte[] bytes) {
    visitor
        .page()
        .evaluate(
            """
            ({ event, name, base64 }) => {
              const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], name, { type: 'image/png' }));
              const options = { bubbles: true, cancelable: true };
              const given = event === 'paste'
                ? new ClipboardEvent('paste', { ...options, clipboardData: data })
                : new DragEvent('drop', { ...options, dataTransfer: data });
              document.getElementById('prompt').dispatchEvent(given);
            }
            """,
            Map.of(
                "event", event, "name", name, "base64", Base64.getEncoder().encodeToString(bytes)));
  }

  /** The mask's width and height, and how opaque it is: twice where it was painted, twice else. */
  private static Object alphas(Visitor visitor) {
    return visitor
        .page()
        .evaluate(
            """
            async () => {
              const blob = await (await fetch(document.getElementById('save-mask').href)).blob();
              const mask = await createImageBitmap(blob);
              const { width, height } = mask;
              const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
              pen.drawImage(mask, 0, 0);
              const alpha = (x, y) => pen.getImageData(x * width, y * height, 1, 1).data[3];
              return [width, height, alpha(0.5, 0.5), alpha(0.9, 0.9), alpha(0.1, 0.5), alpha(0.9, 0.1)];
            }
            """);
  }

  private static boolean heard(Visitor visitor, String words) {
    return visitor.heard().stream().anyMatch(heard -> heard.toString().contains(words));
  }

  private static String linked(String url, String parameter) {
    var value = Pattern.compile("[?&]" + parameter + "=([^&]*)").matcher(url);
    assertThat(value.find()).as(url).isTrue();
    return URLDecoder.decode(value.group(1), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }
  }
}
