package dev.nectar.cache;

import static dev.nectar.cache.Samples.NOW;
import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecencyIndexTest {

  private final SettableClock clock = new SettableClock(NOW);
  private final RecencyIndex index = new RecencyIndex(20, 3, clock);

  @Test
  void surplus_isWhatWasNotUsedForLongest() {
    index.put(key("a"), 10, null, NOW);
    index.put(key("b"), 10, null, NOW);
    assertThat(index.takeSurplus(null)).isEmpty();

    index.use(key("a"), NOW);
    index.put(key("c"), 10, null, NOW);

    assertThat(index.takeSurplus(key("c"))).contains(key("b"));
    assertThat(index.takeSurplus(key("c"))).isEmpty();
    assertThat(index.status()).isEqualTo(new CacheStatus("filesystem", 2L, 20L, true));
  }

  @Test
  void surplus_isNeverTheSparedEntry() {
    index.put(key("a"), 30, null, NOW);

    assertThat(index.takeSurplus(key("a"))).isEmpty();
    assertThat(index.takeSurplus(null)).contains(key("a"));
  }

  @Test
  void surplus_ofNotes_isTheOldestNoteAndNoImage() {
    index.put(key("image"), 1, NOW, NOW);
    for (var name : new String[] {"a", "b", "c"}) {
      index.put(key(name), 1, null, NOW);
    }
    index.put(key("a"), 1, NOW, NOW);
    index.put(key("d"), 1, null, NOW);
    assertThat(index.takeSurplus(null)).isEmpty();

    index.put(key("b"), 1, null, NOW);
    index.put(key("e"), 1, null, NOW);

    assertThat(index.takeSurplus(key("e"))).contains(key("c"));
    assertThat(index.takeSurplus(null)).isEmpty();
  }

  @Test
  void surplus_whileScanning_isNothing() {
    index.beginScan();
    index.put(key("a"), 30, null, NOW);
    assertThat(index.takeSurplus(null)).isEmpty();

    index.endScan();
    assertThat(index.takeSurplus(null)).contains(key("a"));
  }

  @Test
  void foundEntries_areOlderThanUsedOnesAndInOrderOfTheirTime() {
    var crowded = new RecencyIndex(0, 9, clock);
    crowded.put(key("kept before"), 10, null, NOW);
    crowded.beginScan();
    crowded.putFound(key("second"), 10, null, NOW.plusSeconds(2));
    crowded.putFound(key("used"), 10, null, NOW.plusSeconds(1));
    crowded.putFound(key("third"), 10, null, NOW.plusSeconds(3));
    crowded.putFound(key("kept before"), 10, null, NOW.minusSeconds(9));
    crowded.use(key("used"), NOW);
    crowded.putFound(key("removed"), 10, null, NOW);
    crowded.remove(key("removed"));
    crowded.putFound(key("replaced"), 99, null, NOW);
    crowded.put(key("replaced"), 10, null, NOW);
    crowded.putFound(key("first"), 10, null, NOW.plusSeconds(1));
    crowded.endScan();

    for (var name : new String[] {"first", "second", "third", "kept before", "used", "replaced"}) {
      assertThat(crowded.takeSurplus(null)).as(name).contains(key(name));
    }
    assertThat(crowded.status()).isEqualTo(new CacheStatus("filesystem", 0L, 0L, true));
  }

  @Test
  void use_isWorthNotingEveryTenMinutes() {
    index.put(key("a"), 10, null, NOW);

    assertThat(index.use(key("a"), NOW.plus(Duration.ofMinutes(9)))).isFalse();
    assertThat(index.use(key("a"), NOW.plus(Duration.ofMinutes(10)))).isTrue();
    assertThat(index.use(key("a"), NOW.plus(Duration.ofMinutes(19)))).isFalse();
    assertThat(index.use(key("unknown"), NOW.plus(Duration.ofDays(1)))).isFalse();
  }

  @Test
  void image_fromTheFuture_isListedAsMadeWhenItWasFound() {
    index.putFound(key("old"), 1, NOW.plus(Duration.ofDays(365)), NOW);
    clock.advance(Duration.ofMinutes(1));
    index.put(key("new"), 1, clock.instant(), clock.instant());

    assertThat(index.images(null))
        .extracting(Position::key)
        .containsExactly(key("new"), key("old"));
  }
}
