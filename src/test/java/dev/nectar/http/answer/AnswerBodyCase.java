package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** Tests that read answers, whose pictures are staged and leave nothing behind. */
abstract class AnswerBodyCase {

  static final int MAX_BYTES = 200_000;

  final byte[] png = SampleImages.png(60_000, 1);
  final String base64 = Base64.getEncoder().encodeToString(png);
  final Path directory;
  final StagedPictures pictures;
  final AtomicInteger picturesTold = new AtomicInteger();

  AnswerBodyCase(Path directory) {
    this.directory = directory;
    this.pictures = new StagedPictures(new StagingArea(directory, MAX_BYTES));
  }

  @AfterEach
  void close() {
    pictures.close();
    assertThat(directory).isEmptyDirectory();
  }

  JsonNode document(String body) throws IOException {
    return document(body.getBytes(UTF_8));
  }

  /** Read at once and byte by byte, it is the same. */
  JsonNode document(byte[] body) throws IOException {
    pictures.discardFrom(0);
    var before = pictures.size();
    var whole = body();
    whole.read(new ByteArrayInputStream(body));
    var after = pictures.size();
    var inBytes = body();
    inBytes.read(new OneByOne(body));
    assertThat(inBytes.documents().toString())
        .isEqualTo(renumbered(whole.documents().toString(), after - before));
    pictures.discardFrom(after);
    assertThat(whole.documents()).hasSize(1);
    return whole.documents().getFirst();
  }

  private static String renumbered(String documents, int by) {
    return Pattern.compile("(?<=image/staged;base64,)\\d+")
        .matcher(documents)
        .replaceAll(match -> Integer.toString(Integer.parseInt(match.group()) + by));
  }

  AnswerBody read(String text) throws IOException {
    var body = body();
    body.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    return body;
  }

  AnswerBody body() {
    return new AnswerBody(pictures, picturesTold::incrementAndGet);
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  void assertStaged(JsonNode document) {
    try {
      assertThat(staged(document.at("/x/0/p"))).isEqualTo(png);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  byte[] staged(JsonNode text) throws IOException {
    var slot = Objects.requireNonNull(pictures.in(text.stringValue()));
    try (var image = slot.take();
        var bytes = image.open()) {
      return bytes.readAllBytes();
    }
  }

  /** What comes over a slow line. */
  private static final class OneByOne extends ByteArrayInputStream {

    OneByOne(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(length, 1));
    }
  }
}
