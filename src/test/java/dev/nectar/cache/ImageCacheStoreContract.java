package dev.nectar.cache;

import static dev.nectar.cache.Samples.key;
import static dev.nectar.cache.Samples.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises that keeps images itself. */
public abstract class ImageCacheStoreContract extends CacheStoreContract {

  protected abstract StagingArea area();

  protected final Stored keep(String prompt, byte[] bytes) throws IOException {
    return keep(prompt, prompt, bytes);
  }

  private Stored keep(String prompt, String story, byte[] bytes) throws IOException {
    try (var image = SampleImages.stage(area(), bytes)) {
      return ((ImageStore) store()).keep(key(prompt), provenance(story, clock.instant()), image);
    }
  }

  protected final byte[] bytesOf(String prompt) throws IOException {
    return Files.readAllBytes(((Stored) store().find(key(prompt)).orElseThrow()).file());
  }

  @ParameterizedTest
  @EnumSource
  void image_kept_isFoundAsItWas(ImageFormat format) throws IOException {
    var bytes = SampleImages.bytes(format, 70_000, 1);

    var kept = keep("apple", bytes);

    assertThat(store().find(key("apple"))).contains(kept);
    assertThat(kept.format()).isEqualTo(format);
    assertThat(kept.size()).isEqualTo(70_000);
    assertThat(kept.provenance()).isEqualTo(provenance("apple", clock.instant()));
    assertThat(bytesOf("apple")).isEqualTo(bytes);
  }

  @Test
  void image_keptAgain_replacesTheOldOne() throws IOException {
    keep("apple", SampleImages.png(3_000, 1));
    var second = keep("apple", SampleImages.png(2_000, 2));

    assertThat(store().find(key("apple"))).contains(second);
    assertThat(bytesOf("apple")).isEqualTo(SampleImages.png(2_000, 2));
  }

  @Test
  void image_replacedByANote_isGone() throws IOException {
    var file = keep("apple", SampleImages.png(3_000, 1)).file();
    var note = new Blocked(provenance("apple", clock.instant()));
    store().keep(key("apple"), note);

    assertThat(store().find(key("apple"))).contains(note);
    await().untilAsserted(() -> assertThat(file).doesNotExist());
  }

  @Test
  void note_replacedByAnImage_isGone() throws IOException {
    store().keep(key("apple"), new Blocked(provenance("apple", clock.instant())));
    var image = keep("apple", SampleImages.png(3_000, 1));
    clock.advance(BLOCKED_TTL);

    assertThat(store().find(key("apple"))).contains(image);
  }

  @Test
  void image_deleted_isGone() throws IOException {
    var file = keep("apple", SampleImages.png(3_000, 1)).file();

    assertThat(store().delete(key("apple"))).isTrue();

    assertThat(store().find(key("apple"))).isEmpty();
    await().untilAsserted(() -> assertThat(file).doesNotExist());
    assertThat(store().delete(key("apple"))).isFalse();
  }

  @Test
  void images_ofOneKeyKeptConcurrently_areNeverMixed() throws Exception {
    concurrently(
        number -> keep("one", Integer.toString(number), SampleImages.png(500 + number, number)),
        () ->
            store()
                .find(key("one"))
                .ifPresent(entry -> {
                  var number = ((Stored) entry).size() - 500;
                  assertThat(entry.provenance())
                      .isEqualTo(provenance(Long.toString(number), Samples.NOW));
                }));
  }
}
