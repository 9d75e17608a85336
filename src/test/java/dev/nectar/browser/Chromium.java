package dev.nectar.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this machine. */
final class Chromium implements AutoCloseable {

  /** In milliseconds: long enough for a machine that is busy with other things. */
  static final double PATIENCE = 60_000;

  /** The one without windows first, which starts and draws in half the time. */
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium-headless-shell",
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Optional<Path> installed() {
    return Stream.concat(PLACES.stream(), Stream.ofNullable(System.getenv("CHROMIUM")))
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium launch() {
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed().orElseThrow())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-quic",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return new Chromium(playwright, browser);
  }

  /** Opens a window as wide as a desk's. */
  Visitor visit(String url) {
    return visit(url, desk());
  }

  /** Somebody who has not opened anything yet. */
  Visitor visitor() {
    return Visitor.in(context(desk()));
  }

  private static Browser.NewContextOptions desk() {
    return new Browser.NewContextOptions().setViewportSize(1440, 900);
  }

  Visitor visit(String url, Browser.NewContextOptions window) {
    return Visitor.at(url, context(window));
  }

  /** Nothing moves by itself: drawing each step is what a browser without a GPU is slow at. */
  private BrowserContext context(Browser.NewContextOptions window) {
    return browser.newContext(window.setReducedMotion(ReducedMotion.REDUCE));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
