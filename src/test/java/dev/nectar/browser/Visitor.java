package dev.nectar.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Somebody who looks at the page in a window of their own. */
final class Visitor implements AutoCloseable {

  /** Notes what a screen reader is told and what moved by itself. */
  private static final String NOTES =
      """
      window.heard = [];
      window.moved = [];
      new PerformanceObserver((list) =>
        list.getEntries().filter((e) => !e.hadRecentInput).forEach((e) => moved.push(e.value)),
      ).observe({ type: 'layout-shift', buffered: true });
      document.addEventListener('DOMContentLoaded', () =>
        document.querySelectorAll('[role=status]').forEach((announcer) =>
          new MutationObserver((records) =>
            records.forEach((r) => r.addedNodes.forEach((n) => heard.push(n.textContent))),
          ).observe(announcer, { childList: true }),
        ),
      );
      """;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Visitor(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(Chromium.PATIENCE);
    page.addInitScript(NOTES);
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
  }

  static Visitor at(String url, BrowserContext context) {
    var visitor = in(context);
    visitor.page.navigate(url);
    return visitor;
  }

  /** Somebody whose window is still empty. */
  static Visitor in(BrowserContext context) {
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    return new Visitor(context);
  }

  Page page() {
    return page;
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator dialog(String name) {
    return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
  }

  Locator prompt() {
    return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Prompt"));
  }

  Locator seed() {
    return page.getByRole(AriaRole.SPINBUTTON, new Page.GetByRoleOptions().setName("Seed"));
  }

  /** The card that was begun last. */
  Locator newestCard() {
    return page.locator(".card").first();
  }

  /** Has a small picture painted and waits until it is there. */
  void paint(String prompt) {
    page.getByText("Free", new Page.GetByTextOptions().setExact(true)).click();
    page.getByLabel("Width").fill("96");
    page.getByLabel("Height").fill("64");
    prompt().fill(prompt);
    button("Generate").click();
    awaitPicture(prompt);
  }

  /** Waits until the newest card is of that prompt and shows its picture. */
  void awaitPicture(String prompt) {
    assertThat(newestCard()).containsText(prompt);
    assertThat(newestCard()).hasAttribute("data-state", "done");
  }

  /** Presses a button of the newest card that copies, and reads the clipboard. */
  String copied(String button) {
    return copied(
        newestCard().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button)));
  }

  /** Presses a button that copies, and reads the clipboard. What the button shows is soon gone. */
  String copied(Locator button) {
    page.evaluate("window.heard = []");
    button.click();
    page.waitForCondition(
        () -> heard().stream().anyMatch(words -> words.toString().startsWith("Copied: ")));
    return (String) page.evaluate("navigator.clipboard.readText()");
  }

  void waitUntilAddressHolds(String part) {
    page.waitForURL(Pattern.compile(".*" + Pattern.quote(part) + ".*"));
  }

  /** What a screen reader was told. */
  List<?> heard() {
    return (List<?>) page.evaluate("window.heard");
  }

  /** How far things moved that nobody had touched. */
  List<?> moved() {
    return (List<?>) page.evaluate("window.moved");
  }

  /** What the console said, errors of the page among it. */
  List<String> complaints() {
    return complaints;
  }

  List<String> requests(Predicate<String> which) {
    return requests.stream().filter(which).toList();
  }

  /** What keeps people from using the page as it is now. */
  List<?> barriers() {
    return Axe.barriers(page);
  }

  @Override
  public void close() {
    context.close();
  }
}
