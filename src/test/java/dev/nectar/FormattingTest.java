package dev.nectar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holds every source to google-java-format. It runs here, and not as a Maven plugin, because a
 * plugin shares Maven's own JVM, and one that is older than the sources can't parse them. {@code
 * -Dformat=apply} rewrites instead of failing.
 */
@Tag("slow")
class FormattingTest {

  @Test
  void everySource_isFormatted() throws IOException, FormatterException {
    var apply = "apply".equals(System.getProperty("format"));
    var unformatted = new ArrayList<Path>();
    try (var sources = Files.walk(Path.of("src"))) {
      for (var source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        var before = Files.readString(source);
        var after = format(before);
        if (!after.equals(before)) {
          unformatted.add(source);
          if (apply) {
            Files.writeString(source, after);
          }
        }
      }
    }
    if (!apply) {
      assertThat(unformatted)
          .as("mend with ./mvnw test -Dtest=FormattingTest -Dformat=apply")
          .isEmpty();
    }
  }

  private static String format(String source) throws FormatterException {
    var tidy =
        ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), Style.GOOGLE);
    return new Formatter().formatSource(tidy);
  }
}
