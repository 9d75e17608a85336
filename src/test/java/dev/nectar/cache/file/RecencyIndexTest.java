package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.NOW;
import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.file.EntryReader.Sound;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RecencyIndexTest {

  private final RecencyIndex index = new RecencyIndex(20, 3, InstantSource.fixed(NOW));

  private static Sound note(long bytes, Instant noted) {
    var stamp = stamp(noted);
    return new Sound(new Blocked(provenance("a", NOW)), bytes, stamp, stamp);
  }

  private static Sound image(long bytes, String file) {
    var entry =
        new Stored(
            provenance("a", NOW), new ImageFacts(ImageFormat.PNG, bytes, "", null), Path.of(file));
    return new Sound(entry, bytes, stamp(NOW), stamp(NOW));
  }

  private static FileStamp stamp(Instant time) {
    return new FileStamp(1, FileTime.from(time));
  }

  @Test
  void surplus_isWhatWasNotUsedForLongest() {
    index.put(key("a"), note(10, NOW), NOW);
    index.put(key("b"), note(10, NOW), NOW);
    assertThat(index.takeSurplus(null)).isEmpty();

    index.use(key("a"), NOW);
    index.put(key("c"), note(10, NOW), NOW);

    assertThat(index.takeSurplus(key("c"))).contains(key("b"));
    assertThat(index.takeSurplus(key("c"))).isEmpty();
    assertThat(index.status(true, true))
        .isEqualTo(new CacheStatus("filesystem", 2L, 20L, true, true));
  }

  @Test
  void surplus_isNeverTheSparedEntry() {
    index.put(key("a"), note(30, NOW), NOW);

    assertThat(index.takeSurplus(key("a"))).isEmpty();
    assertThat(index.takeSurplus(null)).contains(key("a"));
  }

  @Test
  void surplus_ofNotes_isTheOldestNoteAndNoImage() {
    index.put(key("image"), image(1, "1.data"), NOW);
    for (var name : new String[] {"a", "b", "c"}) {
      index.put(key(name), note(1, NOW), NOW);
    }
    index.put(key("a"), image(1, "1.data"), NOW);
    index.put(key("d"), note(1, NOW), NOW);
    assertThat(index.takeSurplus(null)).isEmpty();

    index.put(key("b"), note(1, NOW), NOW);
    index.put(key("e"), note(1, NOW), NOW);

    assertThat(index.takeSurplus(key("e"))).contains(key("c"));
    assertThat(index.takeSurplus(null)).isEmpty();
  }

  @Test
  void surplus_whileScanning_isNothing() {
    index.beginScan();
    index.put(key("a"), note(30, NOW), NOW);
    assertThat(index.takeSurplus(null)).isEmpty();

    index.endScan();
    assertThat(index.takeSurplus(null)).contains(key("a"));
  }

  @Test
  void foundEntries_areOlderThanUsedOnesAndInOrderOfTheirTime() {
    var crowded = new RecencyIndex(0, 9, InstantSource.fixed(NOW));
    crowded.put(key("kept before"), note(10, NOW), NOW);
    crowded.beginScan();
    crowded.putFound(key("second"), note(10, NOW.plusSeconds(2)));
    crowded.putFound(key("used"), note(10, NOW.plusSeconds(1)));
    crowded.putFound(key("third"), note(10, NOW.plusSeconds(3)));
    crowded.putFound(key("kept before"), note(10, NOW.minusSeconds(9)));
    crowded.use(key("used"), NOW);
    crowded.putFound(key("removed"), note(10, NOW));
    crowded.remove(key("removed"));
    crowded.putFound(key("replaced"), note(99, NOW));
    crowded.put(key("replaced"), note(10, NOW), NOW);
    crowded.putFound(key("first"), note(10, NOW.plusSeconds(1)));
    crowded.endScan();

    for (var name : new String[] {"first", "second", "third", "kept before", "used", "replaced"}) {
      assertThat(crowded.takeSurplus(null)).as(name).contains(key(name));
    }
    assertThat(crowded.status(true, true))
        .isEqualTo(new CacheStatus("filesystem", 0L, 0L, true, true));
  }

  @Test
  void image_named_isTheOneOfTheEntryThatIsThere() {
    index.put(key("a"), image(1, "1.data"), NOW);
    assertThat(index.names(key("a"), Path.of("1.data"))).isTrue();
    assertThat(index.names(key("a"), Path.of("2.data"))).isFalse();
    assertThat(index.names(key("b"), Path.of("1.data"))).isFalse();

    index.put(key("a"), image(1, "2.data"), NOW);
    assertThat(index.names(key("a"), Path.of("1.data"))).isFalse();

    index.put(key("a"), note(1, NOW), NOW);
    assertThat(index.names(key("a"), Path.of("2.data"))).isFalse();
  }

  @Test
  void use_isWorthNotingEveryTenMinutes() {
    index.put(key("a"), note(10, NOW), NOW);

    assertThat(index.use(key("a"), NOW.plus(Duration.ofMinutes(9)))).isFalse();
    assertThat(index.use(key("a"), NOW.plus(Duration.ofMinutes(10)))).isTrue();
    assertThat(index.use(key("a"), NOW.plus(Duration.ofMinutes(19)))).isFalse();
    assertThat(index.use(key("unknown"), NOW.plus(Duration.ofDays(1)))).isFalse();
  }
}
