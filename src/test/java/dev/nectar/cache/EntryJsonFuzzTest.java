package dev.nectar.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;

/** Any description is understood or not; one that is survives being written anew. */
class EntryJsonFuzzTest {

  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");

  @FuzzTest
  void description(byte[] json) {
    EntryJson.read(json)
        .ifPresent(meta -> {
          assertThat(meta.imageProvenance(WRITTEN).createdAt()).isNotNull();
          meta.note(WRITTEN).ifPresent(EntryJsonFuzzTest::assertReadBack);
        });
  }

  /** From the first time on: what has no UTF-8 form is replaced when it is written. */
  private static void assertReadBack(CacheEntry.Note note) {
    var once = writtenAndRead(note);
    assertThat(once.getClass()).isEqualTo(note.getClass());
    assertThat(writtenAndRead(once)).isEqualTo(once);
  }

  private static CacheEntry.Note writtenAndRead(CacheEntry.Note note) {
    return EntryJson.read(EntryJson.write(note)).flatMap(meta -> meta.note(WRITTEN)).orElseThrow();
  }
}
