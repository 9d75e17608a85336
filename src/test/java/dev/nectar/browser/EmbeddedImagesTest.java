package dev.nectar.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else's page shows our pictures, and asks for some, in a real browser. */
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class EmbeddedImagesTest {

  private final Demo demo;
  private final Chromium chromium;

  EmbeddedImagesTest(Demo demo, Chromium chromium) {
    this.demo = demo;
    this.chromium = chromium;
  }

  @Test
  void page_withThreeImages_showsThreePictures() throws IOException {
    open(
        EmbeddedImagesTest::html,
        page -> {
          page.screenshot(
              new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/three-images.png")));
          assertThat(
                  page.evaluate(
                      "[...document.images].map(i => i.naturalWidth + 'x' + i.naturalHeight)"))
              .isEqualTo(List.of("256x256", "384x256", "256x256"));
        });
  }

  /** The browser asks first whether it may send the key. */
  @Test
  void page_ofAnotherOrigin_callsTheApi() throws IOException {
    open(
        nectar -> "<!doctype html><title>A client</title><base href=\"" + nectar + "\">",
        page ->
            assertThat(
                    page.evaluate(
                        """
                        async () => {
                          const headers = {
                            Authorization: "Bearer demo",
                            "Content-Type": "application/json",
                            "X-Stainless-Lang": "js",
                          };
                          const call = async (path, body) => {
                            const options = body && { method: "POST", body: JSON.stringify(body) };
                            const target = new URL(path, document.baseURI);
                            return fetch(target, { headers, ...options });
                          };
                          const order = { prompt: "a pear", size: "64x64" };
                          const images = await (await call("v1/images/generations", order)).json();
                          const image = await call("prompt", { prompt: "a pear", width: 64 });
                          const refused = await call("v1/images/generations", { size: "1x1" });
                          const models = await (await call("v1/models")).json();
                          return [
                            images.data[0].b64_json.slice(0, 5),
                            image.headers.get("X-Seed"),
                            (await refused.json()).error.param,
                            models.data[0].id,
                          ];
                        }
                        """))
                .isEqualTo(List.of("iVBOR", "42", "size", "demo-painter")));
  }

  /** Opens a page of another origin, which is told the server's. */
  private void open(UnaryOperator<String> html, Consumer<Page> look) throws IOException {
    var site = site(html.apply(demo.url()));
    try (var visitor = chromium.visit("http://127.0.0.1:" + site.getAddress().getPort() + "/")) {
      look.accept(visitor.page());
    } finally {
      site.stop(0);
    }
  }

  private static String html(String nectar) {
    return """
    <!doctype html><title>Three pictures</title>
    <img src="%1$sprompt/a red apple?key=demo&width=256&height=256" alt="apple">
    <img src="%1$sprompt/a lake; mountains/at 100%% sunset?key=demo&width=384&height=256" alt="lake">
    <img src="%1$sprompt/夜の街?key=demo&width=256&height=256" alt="city">
    """
        .formatted(nectar)
        .replace("100% ", "100%25 ");
  }

  private static HttpServer site(String html) throws IOException {
    var site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body = html.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    site.start();
    return site;
  }
}
