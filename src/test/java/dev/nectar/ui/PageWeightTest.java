package dev.nectar.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PageWeightTest {

  private static final Pattern FIRST = Pattern.compile("=\"ui/([^\"]+\\.(?:css|js))\"");

  private static final long HEADERS = 400;

  /** The licence of the font is there to be read, and loaded by nothing. */
  @Test
  void page_whole_asItIsSent_isUnder150KB() throws IOException {
    var bytes = 0L;
    try (var files = Files.walk(Path.of("src/main/resources/ui"))) {
      for (var file :
          files.filter(file -> Files.isRegularFile(file) && !file.endsWith("OFL.txt")).toList()) {
        bytes += sent(file);
      }
    }

    assertThat(bytes).isBetween(10_000L, 150_000L);
  }

  /** With the headers of each answer; the font may come later. */
  @Test
  void firstView_asItIsSent_isUnder60KB() throws IOException {
    var page = Path.of("src/main/resources/ui/index.html");
    var bytes = sent(page);
    for (var file : FIRST.matcher(Files.readString(page)).results().toList()) {
      bytes += sent(page.resolveSibling(file.group(1)));
    }

    assertThat(bytes).isBetween(10_000L, 60_000L);
  }

  private static long sent(Path file) throws IOException {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      Files.copy(file, gzip);
    }
    return HEADERS + compressed.size();
  }
}
