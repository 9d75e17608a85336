package dev.nectar.cache.file;

import static dev.nectar.cache.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileCacheDamageTest extends FileStoreCase {

  private static final byte[] PNG = SampleImages.png(3_000, 1);

  enum Damage {
    TRUNCATED,
    EMPTIED,
    ZEROED,
    LENGTHENED,
    FLIPPED;

    void doTo(Path file) throws IOException {
      var bytes = Files.readAllBytes(file);
      Files.write(
          file,
          switch (this) {
            case TRUNCATED -> Arrays.copyOf(bytes, bytes.length / 2);
            case EMPTIED -> new byte[0];
            case ZEROED -> new byte[bytes.length];
            case LENGTHENED -> Arrays.copyOf(bytes, bytes.length + 1);
            case FLIPPED -> {
              bytes[bytes.length / 2] ^= (byte) 0x80;
              yield bytes;
            }
          });
    }
  }

  private void assertGone(String prompt) throws IOException {
    assertThat(open().find(key(prompt))).isEmpty();
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void damagedImage_missesAndIsRemoved(Damage damage) throws IOException {
    keep(open(), "apple", PNG);
    damage.doTo(data("apple"));

    assertGone("apple");
  }

  @ParameterizedTest
  @EnumSource
  void damagedDescription_missesAndIsRemoved(Damage damage) throws IOException {
    keep(open(), "apple", PNG);
    damage.doTo(meta("apple"));

    assertGone("apple");
  }

  @Test
  void damagedDescriptions_areRemovedWithTheirImages_notWithThoseThatCameLater()
      throws IOException {
    var store = open();
    keep(store, "apple", PNG);
    keep(store, "pear", PNG);
    Damage.ZEROED.doTo(meta("apple"));
    Damage.ZEROED.doTo(meta("pear"));
    var reopened = open();
    assertThat(reopened.find(key("apple"))).isEmpty();
    assertThat(reopened.find(key("pear"))).isEmpty();

    keep(reopened, "apple", PNG);

    assertThat(files()).containsExactlyInAnyOrder(meta("apple"), data("apple"));
    assertThat(open().find(key("apple"))).isPresent();
  }

  /** Whoever finds it holds a lock, under which no others may be asked for. */
  @Test
  void damagedDescription_foundAfterTheClose_leavesItsImageToTheNextScan() throws Exception {
    keep(open(), "apple", PNG);
    var image = data("apple");
    Damage.ZEROED.doTo(meta("apple"));
    var closed = open();
    closed.close();

    assertThat(closed.find(key("apple"))).isEmpty();
    assertThat(image).exists();

    openAndScan(1_000_000);
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'sha256\" : \"';'sha256\" : \"0'",
        "'size\" : 3000';'size\" : 3001'",
        "'size\" : 3000';'size\" : -3000'",
        "'size\" : 3000';'size\" : 1e300'",
        "'size\" : 3000';'size\" : 99999999999999999999999'",
        "'size\" : 3000';'size\" : \"large\"'",
        "'size\" : 3000';'size\" : null'",
        "'size\" : 3000';'size\" : {}'",
        "'image/png';'image/gif'",
        "'image/png';'text/html'",
        "'createdAt\" : \"2026';'createdAt\" : \"yesterday'",
        "'createdAt\" : \"2026';'createdAt\" : \"+12026'",
        "'\"source\" : \"FALLBACK\"';'\"source\" : \"MARS\"'",
        "'\"source\" : \"FALLBACK\"';'\"createdAt\" : [1]'",
        "'\"source\" : \"FALLBACK\"';'\"blocked\" : \"perhaps\"'",
        "'\"source\" : \"FALLBACK\"';'\"request\" : 5'"
      })
  void descriptionWithAnotherValue_missesAndIsRemoved(String from, String to) throws IOException {
    keep(open(), "apple", PNG);
    var before = Files.readString(meta("apple"));
    var after = before.replace(from, to);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(meta("apple"), after);

    assertGone("apple");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "3",
        "{}",
        "{\"url\" : \"http://[\"}",
        "{\"blocked\" : true, \"createdAt\" : -1}",
        "{\"blocked\" : true} {}"
      })
  void description_thatIsNone_missesAndIsRemoved(String json) throws IOException {
    Files.writeString(meta("apple"), json);

    assertGone("apple");
  }

  @Test
  void description_nestedDeeply_missesAndIsRemoved() throws IOException {
    Files.writeString(meta("apple"), "{\"x\":" + "[".repeat(500_000));

    assertGone("apple");
  }

  @Test
  void description_overAMegabyte_missesAndIsRemoved() throws IOException {
    keep(open(), "apple", PNG);
    Files.writeString(meta("apple"), " ".repeat(1 << 20), StandardOpenOption.APPEND);

    assertGone("apple");
  }

  @Test
  void image_missing_missesAndIsRemoved() throws IOException {
    keep(open(), "apple", PNG);
    Files.delete(data("apple"));

    assertGone("apple");
  }

  /** A whole image beyond, which an honest description would fit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%1$s/%2$s",
        "../%3$s/%2$s",
        "./../%3$s/%2$s",
        "..",
        ".",
        "",
        "/",
        "/etc/passwd",
        "../../../../etc/passwd",
        "%4$s",
        "%2$s/../%4$s",
        "%5$s.meta.json",
        "%5$s-.data",
        "%5$s-a/b.data",
        "%5$s-a\\u0000.data",
        "\\u0000",
        "%2$s\\n"
      })
  void image_thatIsNoneOfTheKeys_isNeverTouched(String name, @TempDir Path elsewhere)
      throws IOException {
    keep(open(), "pear", PNG);
    var pear = data("pear");
    var kept = keep(open(), "apple", PNG).file();
    var image = elsewhere.resolve(kept.getFileName());
    Files.move(kept, image);
    Files.writeString(
        meta("apple"),
        Files.readString(meta("apple"))
            .replace(
                image.getFileName().toString(),
                name.formatted(
                    elsewhere,
                    image.getFileName(),
                    directory.relativize(elsewhere).toString().replace("../", ""),
                    pear.getFileName(),
                    key("apple"))));

    assertThat(open().find(key("apple"))).isEmpty();
    assertThat(open().find(key("pear"))).isPresent();
    assertThat(files()).containsExactlyInAnyOrder(pear, meta("pear"));
    assertThat(image).hasBinaryContent(PNG);
  }

  @Test
  void description_missing_misses() throws IOException {
    keep(open(), "apple", PNG);
    Files.delete(meta("apple"));

    assertThat(open().find(key("apple"))).isEmpty();
  }

  @Test
  void pairs_swapped_missAndAreRemoved() throws IOException {
    keep(open(), "apple", PNG);
    keep(open(), "pear", SampleImages.png(3_000, 2));
    var apple = data("apple");
    var pear = data("pear");
    var aside = directory.resolve("aside");
    Files.move(apple, aside);
    Files.move(pear, apple);
    Files.move(aside, pear);

    assertThat(open().find(key("apple"))).isEmpty();
    assertGone("pear");
  }

  @Test
  void directory_inPlaceOfTheImage_misses() throws IOException {
    keep(open(), "apple", PNG);
    var image = data("apple");
    Files.delete(image);
    Files.createDirectory(image);

    assertGone("apple");
  }

  @Test
  void directory_inPlaceOfTheDescription_missesAndIsNoHindrance() throws IOException {
    Files.createDirectory(meta("apple"));
    var store = open();

    assertThat(store.find(key("apple"))).isEmpty();
    var kept = keep(store, "apple", PNG);
    assertThat(store.find(key("apple"))).contains(kept);
  }

  @Test
  void fullDirectory_inPlaceOfTheDescription_missesAgainAndAgain() throws IOException {
    Files.createDirectory(meta("apple"));
    Files.createFile(meta("apple").resolve("file"));
    var store = open();

    assertThat(store.find(key("apple"))).isEmpty();
    assertThat(store.find(key("apple"))).isEmpty();
    assertThatThrownBy(() -> store.delete(key("apple"))).isInstanceOf(IOException.class);
  }

  @Test
  void imageReplacedUnderARunningStore_missesAndIsRemoved() throws IOException {
    var store = open();
    keep(store, "apple", PNG);
    var other = Files.write(directory.resolve("other"), SampleImages.png(3_001, 2));
    Files.move(other, data("apple"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(store.find(key("apple"))).isEmpty();
    assertThat(files()).isEmpty();
  }
}
