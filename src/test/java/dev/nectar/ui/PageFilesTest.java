package dev.nectar.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {

  private static final Path UI = Path.of("src/main/resources/ui");

  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*'(\\.[^']+)';$");
  private static final Pattern PRELOAD =
      Pattern.compile("rel=\"modulepreload\" href=\"ui/([^\"]+)");
  private static final Pattern SHEET = Pattern.compile("rel=\"stylesheet\" href=\"ui/([^\"]+)");
  private static final Pattern SHEETS = Pattern.compile("sheets: \\[([^]]*)]");

  /** A module that is found only in another one costs a slow line one more round trip. */
  @Test
  void modules_ofTheFirstView_areAllFetchedAtOnce() throws IOException {
    var needed = new LinkedHashSet<String>();
    collect("main.js", needed);
    collect("paint/view.js", needed);

    assertThat(found(PRELOAD, "index.html")).containsExactlyInAnyOrderElementsOf(needed);
  }

  private static void collect(String module, Set<String> modules) throws IOException {
    if (modules.add(module)) {
      for (var other : found(IMPORT, module)) {
        collect(Path.of(module).resolveSibling(other).normalize().toString(), modules);
      }
    }
  }

  @Test
  void sheets_areAllThere_andFewHoldUpTheFirstView() throws IOException {
    var first = found(SHEET, "index.html");
    var later =
        found(SHEETS, "main.js").stream()
            .flatMap(names -> Pattern.compile("'([^']+)'").matcher(names).results())
            .map(name -> "style/" + name.group(1) + ".css")
            .distinct()
            .toList();

    assertThat(first).hasSizeLessThanOrEqualTo(5).doesNotContainAnyElementsOf(later);
    try (var sheets = Files.list(UI.resolve("style"))) {
      assertThat(sheets.map(sheet -> UI.relativize(sheet).toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(first.stream(), later.stream()).toList());
    }
  }

  @Test
  void files_haveAtMost300Lines() throws IOException {
    try (var files = Files.walk(UI)) {
      var texts = files.filter(file -> file.toString().matches(".*\\.(html|js|css)")).toList();
      assertThat(texts).isNotEmpty();
      for (var text : texts) {
        assertThat(Files.readAllLines(text)).as(text.toString()).hasSizeLessThanOrEqualTo(300);
      }
    }
  }

  private static List<String> found(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(UI.resolve(file)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
