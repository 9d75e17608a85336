package dev.nectar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a reader can hold, in rooms that can be overlooked. */
class FloorPlanTest {

  private static final int MAX_LINES = 300;
  private static final int MAX_FILES = 25;

  private static final List<String> KINDS = List.of(".java", ".js", ".css", ".html", ".yaml");

  private static List<Path> sources(String root) throws IOException {
    try (var all = Files.walk(Path.of(root))) {
      return all.filter(file -> KINDS.stream().anyMatch(file.toString()::endsWith))
          .filter(file -> !file.toString().contains("node_modules"))
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/main", "src/test", "src/bench", "src/launcher"})
  void file_hasAtMost300Lines(String root) throws IOException {
    assertThat(sources(root)).isNotEmpty().allMatch(file -> lines(file) <= MAX_LINES);
  }

  @Test
  void package_hasAtMost25Files() throws IOException {
    var rooms =
        sources("src/main/java").stream()
            .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    assertThat(rooms)
        .isNotEmpty()
        .allSatisfy((room, files) -> assertThat(files).isLessThanOrEqualTo(MAX_FILES));
  }
}
