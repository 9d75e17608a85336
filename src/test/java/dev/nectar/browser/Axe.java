package dev.nectar.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Finds what keeps people from using a page (axe-core's rules: WCAG A and AA, best practice). */
final class Axe {

  private static final String SCRIPT = script();

  private Axe() {}

  /** The rules that the page breaks as it is now, each with the elements that do. */
  static List<?> barriers(Page page) {
    if (page.evaluate("'axe' in window").equals(false)) {
      // Evaluated from outside, where the page's own policy does not reach.
      page.evaluate(SCRIPT);
    }
    // Only a rule that is off by itself needs style sheets fetched once more.
    return (List<?>)
        page.evaluate(
            """
            async () => {
              const { violations } = await axe.run({ preload: false, resultTypes: ['violations'] });
              return violations.map(({ id, nodes }) =>
                id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary));
            }
            """);
  }

  private static String script() {
    try (var script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
