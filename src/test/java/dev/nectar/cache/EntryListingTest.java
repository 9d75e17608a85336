package dev.nectar.cache;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryListingTest {

  private final AtomicInteger loaded = new AtomicInteger();

  private final class Row implements EntryListing.Row {
    private final String prompt;

    Row(int number) {
      this.prompt = number == 4_999 ? "a needle" : "hay " + number;
    }

    @Override
    public Position position() {
      return new Position(Instant.EPOCH, key(prompt));
    }

    @Override
    public Optional<CacheEntry> load() {
      loaded.incrementAndGet();
      return Optional.of(new CacheEntry.Blocked(provenance(prompt, Instant.EPOCH)));
    }
  }

  private EntryPage page(EntryQuery query, int from) {
    return EntryListing.page(query, IntStream.range(from, 5_000).mapToObj(Row::new).iterator());
  }

  @Test
  void search_looksAtSoManyAndSaysWhereItGoesOn() {
    var query = new EntryQuery(null, "needle", 10);

    var first = page(query, 0);
    assertThat(first.entries()).isEmpty();
    assertThat(first.next()).isEqualTo(new Position(Instant.EPOCH, key("hay 1999")));
    assertThat(loaded).hasValue(2_000);
    assertThat(page(query, 2_000).entries()).isEmpty();

    var last = page(query, 4_000);
    assertThat(last.entries()).hasSize(1);
    assertThat(last.next()).isNull();
  }

  @Test
  void page_withoutSearch_loadsNoMoreThanItShows() {
    assertThat(page(new EntryQuery(null, "", 50), 0).entries()).hasSize(50);
    assertThat(loaded).hasValue(50);
  }

  @Test
  void position_isReadAsItIsWritten() {
    var position = new Position(Instant.ofEpochMilli(1_764_000_000_123L), key("apple"));

    assertThat(Position.parse(position.toString())).contains(position);
    assertThat(Position.parse("")).isEmpty();
    assertThat(Position.parse("1_2")).isEmpty();
    assertThat(Position.parse("x_" + key("apple"))).isEmpty();
  }
}
