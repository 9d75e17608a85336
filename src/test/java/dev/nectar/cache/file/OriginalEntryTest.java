package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.cache.CacheEntry;
import dev.nectar.cache.CacheEntry.Blocked;
import dev.nectar.cache.CacheEntry.FallbackFailed;
import dev.nectar.cache.CacheEntry.Note;
import dev.nectar.cache.CacheEntry.Stored;
import dev.nectar.cache.Provenance;
import dev.nectar.cache.Samples;
import dev.nectar.image.CraftedImages;
import dev.nectar.image.ImageFacts;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.image.ImageSource;
import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Entries that the original script wrote: no size, no checksum, other names for prompts; and those
 * of earlier versions and of others, whose images have other names.
 */
class OriginalEntryTest extends FileStoreCase {

  private static final byte[] JPEG = SampleImages.bytes(ImageFormat.JPEG, 3_000, 1);

  private void write(String meta) throws IOException {
    Files.writeString(meta("apple"), meta);
  }

  private CacheEntry found() {
    return open().find(key("apple")).orElseThrow();
  }

  @Test
  void image_isServedAsItIs() throws Exception {
    var json =
        """
        {"contentType":"image/jpeg","createdAt":1735689600000,"optimizedPrompt":"o","extra":[1]}\
        """;
    write(json);
    Files.write(unnamedData("apple"), JPEG);

    var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(JPEG));
    assertThat(found())
        .isEqualTo(
            new Stored(
                new Provenance(
                    null,
                    "o",
                    "o",
                    null,
                    ImageSource.BACKEND,
                    null,
                    Instant.parse("2025-01-01T00:00:00Z")),
                new ImageFacts(ImageFormat.JPEG, 3_000, sha256, SampleImages.SIZE),
                unnamedData("apple")));
    assertThat(meta("apple")).hasContent(json);
  }

  /** It is bytes like any other, though nobody decodes it. */
  @Test
  void image_overTheBounds_isServedAndTellsItsPixels() throws IOException {
    write("{\"contentType\":\"image/png\",\"createdAt\":1735689600000}");
    Files.write(unnamedData("apple"), CraftedImages.png(33_000_000, 1));

    assertThat(((Stored) found()).pixels()).isEqualTo(new ImageSize(33_000_000, 1));
  }

  @Test
  void image_thatTellsNoPixels_isServed() throws IOException {
    write("{\"contentType\":\"image/jpeg\",\"createdAt\":1735689600000}");
    Files.write(unnamedData("apple"), Arrays.copyOf(JPEG, 4));

    assertThat(((Stored) found()).pixels()).isNull();
  }

  @Test
  void image_withAWrongContentType_isWhatItsBytesAre() throws IOException {
    write("{\"contentType\":\"image/png\",\"createdAt\":1735689600000}");
    Files.write(unnamedData("apple"), JPEG);

    assertThat(((Stored) found()).format()).isEqualTo(ImageFormat.JPEG);
  }

  @Test
  void image_withABlock_isTheFallbacks() throws IOException {
    write("{\"blocked\":true,\"createdAt\":1,\"rewrittenPrompt\":\"r\"}");
    Files.write(unnamedData("apple"), JPEG);

    assertThat(found()).isInstanceOf(Stored.class);
    assertThat(found().provenance().source()).isEqualTo(ImageSource.FALLBACK);
    assertThat(found().provenance().prompt()).isEqualTo("r");
  }

  @Test
  void image_thatIsEmptyOrNone_missesAndIsRemoved() throws IOException {
    for (var bytes : new byte[][] {{}, {'<', 'h', 't', 'm', 'l', '>'}}) {
      write("{\"contentType\":\"image/png\",\"createdAt\":1735689600000}");
      Files.write(unnamedData("apple"), bytes);

      assertThat(open().find(key("apple"))).isEmpty();
      assertThat(files()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "1777636800000,2026-05-01T12:00:00Z",
        "1777636800,2026-05-01T12:00:00Z",
        "1777636800.5,2026-05-01T12:00:00.500Z",
        "'\"2026-05-01T12:00:00.250Z\"',2026-05-01T12:00:00.250Z",
        "'\"2026-05-01T14:00:00+02:00\"',2026-05-01T12:00:00Z",
        "null,2020-01-01T00:00:00Z"
      })
  void creationTime_isReadInEveryForm(String json, Instant time) throws IOException {
    write("{\"contentType\":\"image/jpeg\",\"createdAt\":" + json + "}");
    lastUsed("apple", Instant.parse("2020-01-01T00:00:00Z"));
    Files.write(unnamedData("apple"), JPEG);
    clock.advance(Duration.ofSeconds(1));

    assertThat(found().provenance().createdAt()).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"rewrittenPrompt\":\"r\",\"revisedPrompt\":\"v\",\"optimizedPrompt\":\"o\"',r",
    "'\"revisedPrompt\":\"v\",\"optimizedPrompt\":\"o\"',v",
    "'\"optimizedPrompt\":\"o\"',o"
  })
  void block_holdsTheMostPromisingPrompt(String prompts, String best) throws IOException {
    write("{\"blocked\":true,\"createdAt\":" + Samples.NOW.toEpochMilli() + "," + prompts + "}");

    assertThat(found()).isInstanceOf(Blocked.class);
    assertThat(found().provenance().prompt()).isEqualTo(best);
  }

  @Test
  void fallbackFailure_winsOverABlock() throws IOException {
    write(
        "{\"blocked\":true,\"fallbackFailed\":true,\"createdAt\":"
            + Samples.NOW.toEpochMilli()
            + "}");

    assertThat(found()).isInstanceOf(FallbackFailed.class);
  }

  @Test
  void block_ofLongAgo_missesAndIsRemoved() throws IOException {
    write("{\"blocked\":true,\"createdAt\":1735689600000}");

    assertThat(open().find(key("apple"))).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void entry_ofNothing_missesAndIsRemoved() throws IOException {
    write("{\"blocked\":false,\"createdAt\":1735689600000}");

    assertThat(open().find(key("apple"))).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void image_ofAnEarlierVersion_isServedAndReplacedByOneWithANameOfItsOwn() throws IOException {
    var kept = keep(open(), "apple", JPEG);
    rename(kept, unnamedData("apple"), "");
    assertThat(meta("apple")).content().doesNotContain("\"file\"");

    var store = open();
    assertThat(store.find(key("apple"))).contains(at(kept, unnamedData("apple")));
    keep(store, "apple", JPEG);

    assertThat(files()).containsExactlyInAnyOrder(meta("apple"), data("apple"));
  }

  @Test
  void image_ofAnEarlierVersion_deleted_isGone() throws IOException {
    rename(keep(open(), "apple", JPEG), unnamedData("apple"), "");

    assertThat(open().delete(key("apple"))).isTrue();

    assertThat(files()).isEmpty();
  }

  @Test
  void image_namedInAnyWayOfItsKey_isServed() throws IOException {
    var kept = keep(open(), "apple", JPEG);
    var name = key("apple") + "-Another_writer.1.data";
    var file = directory.resolve(name);
    rename(kept, file, "\"file\" : \"" + name + "\",");

    assertThat(open().find(key("apple"))).contains(at(kept, file));
  }

  /** Gives the image another name, and the description another member that tells it. */
  private void rename(Stored kept, Path file, String member) throws IOException {
    Files.move(kept.file(), file);
    write(
        Files.readString(meta("apple"))
            .replaceFirst(",\\s+\"file\" : \"[^\"]+\"", "")
            .replaceFirst("\\{", "{" + member));
  }

  private static Stored at(Stored kept, Path file) {
    return new Stored(kept.provenance(), kept.facts(), file);
  }

  @ParameterizedTest
  @MethodSource
  void note_ofOurs_besideALeftOverImage_staysANote(Note note) throws IOException {
    open().keep(key("apple"), note);
    Files.write(unnamedData("apple"), JPEG);

    assertThat(found()).isEqualTo(note);
  }

  static Stream<Note> note_ofOurs_besideALeftOverImage_staysANote() {
    var story = Samples.provenance("apple", Samples.NOW);
    return Stream.of(
        new Blocked(story),
        new FallbackFailed(story, null),
        new FallbackFailed(story, Samples.NOW),
        Samples.hosted("apple", "a.png"));
  }
}
