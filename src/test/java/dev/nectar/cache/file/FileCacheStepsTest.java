package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.Provenance;
import dev.nectar.cache.Samples;
import dev.nectar.cache.file.WatchedDisk.Change;
import dev.nectar.cache.file.WatchedDisk.Fault;
import dev.nectar.cache.file.WatchedDisk.Halted;
import dev.nectar.cache.file.WatchedDisk.Step;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import dev.nectar.observe.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store does to the disk, step by step, and what is left if any of them goes wrong. */
@Tag("slow")
class FileCacheStepsTest extends FileStoreCase {

  private static final int MOST_STEPS = 500;

  /** What each key must hold when the call that put it there has returned. */
  private final Map<String, Integer> kept = new LinkedHashMap<>();

  private String underWay = "";

  @Test
  void everyRename_comesAfterTheBytesAreOnTheDisk() throws Exception {
    var disk = new WatchedDisk(-1, Fault.FAILS);
    work(disk);

    var steps = disk.steps();
    var renames =
        IntStream.range(0, steps.size()).filter(i -> steps.get(i).change() == Change.MOVE);
    assertThat(renames)
        .isNotEmpty()
        .allSatisfy(rename -> {
          var before = steps.subList(0, rename);
          var file = steps.get(rename).file();
          assertThat(before.lastIndexOf(new Step(Change.FORCE, file)))
              .isGreaterThan(before.lastIndexOf(new Step(Change.WRITE, file)));
        });
    assertThat(steps.subList(steps.lastIndexOf(last(disk, Change.MOVE)), steps.size()))
        .as("the new names too")
        .contains(new Step(Change.FORCE, directory));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void process_haltedAtAnyStep_leavesWholeEntriesAlone(boolean powerLost) throws Exception {
    var finished = false;
    for (var step = 0; step < MOST_STEPS && !finished; step++) {
      clear();
      var disk = new WatchedDisk(step, Fault.HALTS);
      finished = !isHalted(disk);
      if (powerLost) {
        disk.losePower();
      }

      var store = open();
      assertKept(store, "step " + step);
      store.start().join();
      assertKept(store, "step " + step);
      store.close();
      WholeEntries.assertNothingElse(directory, "step " + step);
    }
    assertThat(finished).isTrue();
  }

  @Test
  void disk_failingAtAnyStep_costsNoAnswerAndIsRecoveredFrom() throws Exception {
    var finished = false;
    for (var step = 0; step < MOST_STEPS && !finished; step++) {
      clear();
      var disk = new WatchedDisk(step, Fault.FAILS);
      var area = new StagingArea(disk.watch(directory), 1_000_000);
      var store = openOn(area);
      keepOrHaveItStaged(store, area, 1);
      keepOrHaveItStaged(store, area, 2);
      finished = !disk.mend();
      underWay = "";

      keep(store, area, "apple", 3);
      assertKept(store, "step " + step);
      assertKept(open(), "step " + step);
      store.close();
      WholeEntries.assertNothingElse(directory, "step " + step);
    }
    assertThat(finished).isTrue();
  }

  /** Not closed by the test's end, since its disk may be gone by then. */
  private FileCacheStore openOn(StagingArea area) {
    return new FileCacheStore(area, 1_000_000, expiry(), random, () -> {}, RETIREMENT);
  }

  private void keepOrHaveItStaged(FileCacheStore store, StagingArea area, int version)
      throws IOException {
    try (var image = SampleImages.stage(area, content("apple", version))) {
      try {
        store.keep(key("apple"), story(version), image);
      } catch (IOException e) {
        assertThat(image.open()).hasBinaryContent(content("apple", version));
      }
    }
  }

  private boolean isHalted(WatchedDisk disk) throws IOException {
    try {
      work(disk);
      return false;
    } catch (Halted e) {
      return true;
    }
  }

  /** Every kind of change that a store makes; what is retired is unlinked as it closes. */
  private void work(WatchedDisk disk) throws IOException {
    var area = new StagingArea(disk.watch(directory), 1_000_000);
    var store = openOn(area);
    keep(store, area, "apple", 1);
    keep(store, area, "apple", 2);
    underWay = "pear";
    store.keep(key("pear"), new Blocked(story(0)));
    keep(store, area, "pear", 3);
    underWay = "apple";
    store.delete(key("apple"));
    kept.remove("apple");
    keep(store, area, "plum", 4);
    underWay = "";
    store.close();
  }

  private void keep(FileCacheStore store, StagingArea area, String prompt, int version)
      throws IOException {
    underWay = prompt;
    try (var image = SampleImages.stage(area, content(prompt, version))) {
      store.keep(key(prompt), story(version), image);
    }
    kept.put(prompt, version);
  }

  private static Provenance story(int version) {
    return Samples.provenance("version " + version, Samples.NOW);
  }

  private static byte[] content(String prompt, int version) {
    return SampleImages.png(20_000 + version, prompt.hashCode() + version);
  }

  /** Whatever is there is whole; what was kept is there, unless it was just being changed. */
  private void assertKept(CacheStore store, String step) throws IOException {
    for (var prompt : new String[] {"apple", "pear", "plum"}) {
      var found = store.find(key(prompt)).orElse(null);
      if (found instanceof Stored stored) {
        var version =
            Integer.parseInt(String.valueOf(stored.provenance().prompt()).replaceAll("\\D", ""));
        assertThat(stored.file()).as(step).hasBinaryContent(content(prompt, version));
        if (!prompt.equals(underWay)) {
          assertThat(version).as(step).isEqualTo(kept.get(prompt));
        }
      } else if (!prompt.equals(underWay)) {
        assertThat(kept).as(step).doesNotContainKey(prompt);
      }
    }
  }

  private void clear() throws IOException {
    kept.clear();
    for (var file : files()) {
      Files.delete(file);
    }
  }

  private static Step last(WatchedDisk disk, Change change) {
    return disk.steps().stream()
        .filter(step -> step.change() == change)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Test
  void thread_thatMayNotWait_findsWhatIsInMemoryAndReadsNothing() throws Exception {
    var store = open();
    var kept = keep(store, "apple", SampleImages.png(10_000, 1));
    clock.advance(Duration.ofHours(2));
    Waiting.forbid(() -> assertThat(store.find(key("apple"))).contains(kept));

    var restarted = open();
    Waiting.forbid(() ->
        assertThatExceptionOfType(Waiting.NotHereException.class)
            .isThrownBy(() -> restarted.find(key("apple"))));
    assertThat(restarted.find(key("apple"))).contains(kept);
  }
}
