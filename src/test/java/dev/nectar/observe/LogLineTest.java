package dev.nectar.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** The requests in a line of the log. */
class LogLineTest {

  @ParameterizedTest
  @CsvSource({"'', '', a.B - told", "a-1, '', a.B [a-1] told", "a-1, 'b,c', 'a.B [a-1,b,c] told'"})
  void line_namesItsRequests(String id, String joined, String line) {
    assertThat(formatted(Map.of("requestId", id, "joined", joined)).strip())
        .endsWith(" INFO  " + line);
  }

  private static String formatted(Map<String, String> names) {
    var context = new LoggerContext();
    var layout = new PatternLayout();
    layout.setContext(context);
    // Spring Boot's own.
    layout.setPattern(pattern().replace("%wEx", "%ex"));
    layout.start();
    var event =
        new LoggingEvent(
            "caller", context.getLogger("a.B"), Level.INFO, "told", null, new Object[0]);
    event.setMDCPropertyMap(names);
    return layout.doLayout(event);
  }

  private static String pattern() {
    try {
      return PropertiesLoaderUtils.loadAllProperties("application.properties")
          .getProperty("logging.pattern.console");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
