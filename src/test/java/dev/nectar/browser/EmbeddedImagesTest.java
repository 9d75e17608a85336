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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else's page shows our pictures in a real browser. */
@ExtendWith(BrowserExtension.class)
class EmbeddedImagesTest {

  @Test
  void page_withThreeImages_showsThreePictures(Demo demo, Chromium chromium) throws IOException {
    var site = site(html(demo.url()));
    try (var visitor = chromium.visit("http://127.0.0.1:" + site.getAddress().getPort() + "/")) {
      visitor
          .page()
          .screenshot(
              new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/three-images.png")));
      assertThat(
              visitor
                  .page()
                  .evaluate(
                      "[...document.images].map(i => i.naturalWidth + 'x' + i.naturalHeight)"))
          .isEqualTo(List.of("256x256", "384x256", "256x256"));
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
