package dev.nectar.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry.Hosted;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.Samples;
import dev.nectar.storage.ChildJvm;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
class SqliteCrashTest {

  private static final int ROUNDS = 2;
  private static final int FILES = 3;
  private static final Pattern KEPT = Pattern.compile("(.+) (\\d) (\\d+);");
  private static final int VERSIONS_A_ROUND = 100_000;

  @TempDir Path directory;

  @Test
  void processKilledWhileWriting_losesNothingThatWasKept() throws Exception {
    var files =
        IntStream.range(0, FILES)
            .mapToObj(number -> directory.resolve("cache-" + number + ".db"))
            .toList();
    var random = new Random(2026);
    for (var round = 0; round < ROUNDS; round++) {
      var kept = killWhileWriting(files, round * VERSIONS_A_ROUND, 60 + random.nextInt(600));

      for (var file : files) {
        var told = kept.getOrDefault(file, Map.of());
        assertThat(told).isNotEmpty();
        try (var store = CrashingSqliteWriter.open(file)) {
          told.forEach((number, version) ->
              assertThat(versionOf(store, number)).isBetween(version, version + 1));
          store.keep(Samples.key("after round " + round), Samples.hosted("after", "1"));
        }
        assertThat(integrity(file)).isEqualTo("ok");
      }
    }
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrderElementsOf(files);
    }
  }

  /**
   * The last version that each thread told to be kept, by file; a line that was cut off was not
   * told.
   */
  private Map<Path, Map<Integer, Integer>> killWhileWriting(List<Path> files, int first, int millis)
      throws Exception {
    var told = Files.createFile(directory.resolve("told"));
    try (var child =
        ChildJvm.start(
            CrashingSqliteWriter.class,
            Redirect.to(told.toFile()),
            Stream.concat(Stream.of(Integer.toString(first)), files.stream().map(Path::toString))
                .toArray(String[]::new))) {
      child.awaitWork(millis);
    }
    var kept = new HashMap<Path, Map<Integer, Integer>>();
    for (var line : Files.readAllLines(told)) {
      var words = KEPT.matcher(line);
      if (words.matches()) {
        kept.computeIfAbsent(Path.of(words.group(1)), _ -> new HashMap<>())
            .put(Integer.valueOf(words.group(2)), Integer.valueOf(words.group(3)));
      }
    }
    Files.delete(told);
    return kept;
  }

  private static int versionOf(CacheStore store, int number) {
    var hosted = (Hosted) store.find(CrashingSqliteWriter.key(number)).orElseThrow();
    return Integer.parseInt(hosted.url().getPath().substring(1));
  }

  private static String integrity(Path file) {
    return String.valueOf(
        new JdbcTemplate(new DriverManagerDataSource("jdbc:sqlite:" + file))
            .queryForObject("PRAGMA integrity_check", String.class));
  }
}
