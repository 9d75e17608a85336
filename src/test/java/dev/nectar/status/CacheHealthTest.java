package dev.nectar.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheKey;
import dev.nectar.cache.CacheStatus;
import dev.nectar.cache.CacheStore;
import dev.nectar.cache.EntryPage;
import dev.nectar.cache.EntryQuery;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheHealthTest {

  @ParameterizedTest
  @CsvSource({"true, true, UP", "true, false, UP", "false, true, UP", "false, false, DOWN"})
  void cache_thatNeitherKeepsNorGives_isDown(boolean readable, boolean writable, String health) {
    var told = new CacheHealth(new Told(readable, writable)).health();

    assertThat(told.getStatus().getCode()).isEqualTo(health);
  }

  /** A store that may be asked for its status alone. */
  private record Told(boolean readable, boolean writable) implements CacheStore {

    @Override
    public CacheStatus status() {
      return new CacheStatus("filesystem", 0L, 0L, readable, writable);
    }

    @Override
    public Optional<CacheEntry> find(CacheKey key) {
      throw new AssertionError("asked for an entry");
    }

    @Override
    public void keep(CacheKey key, CacheEntry.Note note) {
      throw new AssertionError("asked to write");
    }

    @Override
    public boolean delete(CacheKey key) {
      throw new AssertionError("asked to delete");
    }

    @Override
    public EntryPage list(EntryQuery query) {
      throw new AssertionError("asked for all");
    }

    @Override
    public void probe() {
      throw new AssertionError("asked to look at the disk");
    }
  }
}
