package dev.nectar;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the README says holds a promise is there. */
class PromisesTest {

  private static final Pattern SECTION =
      Pattern.compile("(?s)## What it promises under fault\\n(.*?)\\n## ");
  private static final Pattern HOLDER = Pattern.compile("`(\\w+Test|src/bench/[\\w.-]+)`");

  @Test
  void promises_areEachHeldByATestOrAScript() throws IOException {
    var section = SECTION.matcher(Files.readString(Path.of("README.md")));
    assertThat(section.find()).isTrue();
    assertThat(section.group(1).lines().filter(line -> line.startsWith("| ")).skip(1))
        .isNotEmpty()
        .allMatch(line -> HOLDER.matcher(line).find());

    try (var sources = Files.walk(Path.of("src"))) {
      var there =
          sources
              .map(path ->
                  path.startsWith("src/bench")
                      ? path.toString()
                      : path.getFileName().toString().replace(".java", ""))
              .collect(toSet());
      assertThat(
              HOLDER
                  .matcher(section.group(1))
                  .results()
                  .map(match -> match.group(1))
                  .collect(toSet()))
          .isSubsetOf(there)
          .hasSizeGreaterThan(20);
    }
  }
}
