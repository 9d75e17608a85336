package dev.nectar.browser;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The demo, running, and a browser to look at it. */
final class Demo implements AutoCloseable {

  private final Path cache;
  private final Site site;
  private final Chromium chromium;

  private Demo(Path cache, Chromium chromium) {
    this.cache = cache;
    this.chromium = chromium;
    this.site = Site.demo(cache);
  }

  static Demo start(Chromium chromium) {
    try {
      return new Demo(Files.createTempDirectory("nectar-demo"), chromium);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return site.url();
  }

  /**
   * Opens its page.
   *
   * @param place what comes after the page's address, such as {@code #/gallery}
   */
  Visitor visit(String place) {
    return chromium.visit(url() + place);
  }

  /** Somebody who is about to open its page. */
  Visitor visitor() {
    return chromium.visitor();
  }

  Visitor visit(String place, Browser.NewContextOptions window) {
    return chromium.visit(url() + place, window);
  }

  @Override
  public void close() throws IOException {
    site.close();
    FileSystemUtils.deleteRecursively(cache);
  }
}
