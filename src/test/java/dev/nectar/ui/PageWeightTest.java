package dev.nectar.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PageWeightTest {

  @Test
  void page_whole_loadsInUnder200KB() throws IOException {
    var bytes = 0L;
    try (var files = Files.walk(Path.of("src/main/resources/ui"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }

    assertThat(bytes).isBetween(10_000L, 200_000L);
  }
}
