package dev.nectar.cache.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** What a cache's directory holds when nothing was left lying about. */
final class WholeEntries {

  private WholeEntries() {}

  /** Descriptions, and the images that they name. */
  static void assertNothingElse(Path directory, String when) throws IOException {
    var expected = new HashSet<Path>();
    var files = files(directory);
    for (var file : files) {
      if (file.toString().endsWith(".meta.json")) {
        expected.add(file);
        var image = JsonMapper.shared().readTree(Files.readAllBytes(file)).path("file");
        image.asStringOpt().map(directory::resolve).ifPresent(expected::add);
      }
    }
    assertThat(files).as(when).isEqualTo(expected);
  }

  private static Set<Path> files(Path directory) throws IOException {
    var files = new HashSet<Path>();
    try (var listing = Files.newDirectoryStream(directory)) {
      listing.forEach(files::add);
    }
    return files;
  }
}
