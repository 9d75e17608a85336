package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.SampleImages;
import dev.nectar.image.TruncatedImageException;
import dev.nectar.image.staging.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AnswerBodyTest {

  private static final int MAX_BYTES = 200_000;

  private final byte[] png = SampleImages.png(60_000, 1);
  private final String base64 = Base64.getEncoder().encodeToString(png);
  private final Path directory;
  private final StagedPictures pictures;
  private final AtomicInteger picturesTold = new AtomicInteger();

  AnswerBodyTest(@TempDir Path directory) {
    this.directory = directory;
    this.pictures = new StagedPictures(new StagingArea(directory, MAX_BYTES));
  }

  @AfterEach
  void close() {
    pictures.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void document_plain_isWhatItSays() throws IOException {
    assertThat(
            document(
                "{\"a\":[1,2.5e3,true,false,null,\"t\\u00e9xt \\\"é😀\\\"\"],\"b\":{\"c\":{}}}"))
        .hasToString(
            "{\"a\":[\"1\",\"2.5e3\",true,false,null,\"téxt \\\"é😀\\\"\"],\"b\":{\"c\":{}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  \r\n\t\n%s",
        "\ufeff%s",
        ": keep-alive\n\n: keep-alive\n\n%s",
        ":\r\n%s",
        "event: ping\ndata: {}\n\n%s",
        "retry: 5\nid: 7\n\n%s\n\nand more",
        "data: %s\n\n",
        "data:%s\r\n\r\ndata: [DONE]\r\n\r\n",
        "event: x\rdata: %s\r\rdata: [DONE]\r\r",
        "data: {\"broken\":\n\ndata: %s\n\n",
        "data: nothing\n\ndata: %s"
      })
  void document_afterWhatIsNone_isRead(String template) throws IOException {
    var body = template.formatted("{\"url\":\"x\"}");

    assertThat(read(body).documents()).extracting(d -> d.path("url").asString("")).contains("x");
  }

  @Test
  void event_ofSeveralLines_isOneDocument() throws IOException {
    var documents = read("data: {\"a\":\ndata: 1}\n\nevent: b\ndata: {}\n\n").documents();

    assertThat(documents).hasSize(2);
    assertThat(documents.getFirst()).hasToString("{\"a\":\"1\"}");
    assertThat(documents.getLast()).hasToString("{\"type\":\"b\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "data:image/png;base64,%s",
        "data:image\\/png;base64,%s",
        "data:image/png;charset=utf-8;base64,%s",
        "DATA:IMAGE/PNG;BASE64,%s",
        "data:;base64,%s",
        "data:application/octet-stream;base64,%s"
      })
  void picture_inAnyForm_isStaged(String template) throws IOException {
    assertStaged(document("{\"x\":[{\"p\":\"" + template.formatted(base64) + "\"}],\"y\":1}"));
    assertThat(picturesTold).hasPositiveValue();
  }

  @ParameterizedTest
  @EnumSource
  void picture_ofAnyFormat_isStaged(ImageFormat format) throws IOException {
    var bytes = SampleImages.bytes(format, 1_000, 1);

    var document = document("{\"p\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}");

    assertThat(staged(document.get("p"))).isEqualTo(bytes);
  }

  @Test
  void picture_withLineBreaks_isStaged() throws IOException {
    var wrapped = Base64.getMimeEncoder().encodeToString(png);

    assertStaged(document("{\"x\":[{\"p\":\"" + wrapped.replace("\r\n", "\\r\\n") + "\"}]}"));
    assertStaged(document("{\"x\":[{\"p\":\"" + wrapped + "\"}]}"));
    assertStaged(
        document(
            "{\"x\":[{\"p\":\"data:image/png;base64," + wrapped.replace("\r\n", "\\n") + "\"}]}"));
  }

  @Test
  void picture_inTheUrlSafeAlphabetWithEscapes_isStaged() throws IOException {
    var urlSafe = Base64.getUrlEncoder().encodeToString(png).replace("=", "\\u003d");

    assertStaged(document("{\"x\":[{\"p\":\"" + urlSafe + "\"}]}"));
    assertStaged(document("{\"x\":[{\"p\":\"" + base64.replace("/", "\\/") + "\"}]}"));
  }

  @Test
  void picture_amongWords_isStaged() throws IOException {
    var text =
        document(
                "{\"p\":\"Here: data:image/png;base64,%s as you wished. ".formatted(base64)
                    + "![b](data:image/gif;base64,%s)\"}".formatted(base64))
            .get("p")
            .stringValue();

    assertThat(text)
        .isEqualTo(
            "Here: %s as you wished. ![b](%s)"
                .formatted(PicturelessJson.reference(0), PicturelessJson.reference(1)));
  }

  @Test
  void picture_small_isDecodedFromItsText() throws IOException {
    var small = SampleImages.bytes(ImageFormat.GIF, 90, 1);
    var text = Base64.getEncoder().encodeToString(small);

    assertThat(staged(document("{\"p\":\"" + text + "\"}").get("p"))).isEqualTo(small);
    assertThat(staged(document("{\"p\":\"data:x/y;base64," + text + "\"}").get("p")))
        .isEqualTo(small);
    assertThat(pictures.in("https://a/b.png")).isNull();
    assertThat(pictures.in("/9j.png")).isNull();
  }

  @Test
  void pictureThatIsNone_saysWhy() throws IOException {
    assertFault("data:image/png;base64," + "A".repeat(400), NotAnImageException.class);
    assertFault(base64.substring(0, 4_000), TruncatedImageException.class);
    assertFault(
        Base64.getEncoder().encodeToString(SampleImages.png(MAX_BYTES + 1, 1)),
        ImageTooLargeException.class);
    assertFault(base64.substring(0, 1_000) + "*" + base64, IOException.class);
    assertFault(base64.substring(0, 1_000) + "=" + base64, IOException.class);
  }

  private void assertFault(String text, Class<? extends IOException> fault) throws IOException {
    var document = document("{\"p\":\"" + text + "\",\"q\":\"r\"}");

    assertThat(document.get("q").stringValue()).isEqualTo("r");
    assertThatThrownBy(() -> staged(document.get("p"))).isInstanceOf(fault);
  }

  @Test
  void reference_toNoPicture_isNone() {
    assertThatThrownBy(() -> pictures.in(PicturelessJson.reference(7)))
        .isInstanceOf(NotAnImageException.class);
  }

  @Test
  void answer_brokenOffAfterItsPicture_keepsIt() {
    var body = body();
    assertThatThrownBy(() -> body.read(stream("{\"x\":[{\"p\":\"" + base64 + "\"}")))
        .isInstanceOf(EOFException.class);

    assertThat(body.documents()).singleElement().satisfies(this::assertStaged);
  }

  @Test
  void answer_brokenOffInItsPicture_hasNone() {
    var body = body();
    assertThatThrownBy(() -> body.read(stream("{\"x\":[{\"p\":\"" + base64.substring(0, 9_000))))
        .isInstanceOf(EOFException.class);

    assertThat(pictures.isWhole(0)).isFalse();
  }

  @Test
  void answer_thatFailsAfterItsPicture_keepsIt() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    var body = body();
    assertThatThrownBy(() ->
            body.read(
                new SequenceInputStream(stream("{\"x\":[{\"p\":\"" + base64 + "\","), broken)))
        .hasMessage("broken");

    assertThat(body.documents()).singleElement().satisfies(this::assertStaged);
  }

  @Test
  void document_whole_isNotWaitedAfter() throws IOException {
    var silence =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read on");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };
    var body = body();

    body.read(new SequenceInputStream(stream("{\"data\":[]}"), silence));

    assertThat(body.documents()).singleElement().hasToString("{\"data\":[]}");
  }

  @Test
  void partialPicture_isNone() throws IOException {
    var event = "data: {\"type\":\"%s\",\"b64_json\":\"" + base64 + "\"}\n\n";

    assertThat(read(event.formatted("image_generation.partial_image")).documents()).isEmpty();
    assertThat(directory).isEmptyDirectory();
    assertThat(picturesTold).hasValue(0);

    var body = read(event.formatted("x.partial_image") + event.formatted("image_edit.completed"));
    assertThat(body.documents()).hasSize(1);
    assertThat(picturesTold).hasPositiveValue();
  }

  @Test
  void bytesOfAPicture_areIt() throws IOException {
    var body = body();
    body.read(new ByteArrayInputStream(png));

    assertThat(body.isPicture()).isTrue();
    try (var image = pictures.get(0).take()) {
      assertThat(image.size()).isEqualTo(png.length);
    }
    assertThat(read("RG").isPicture()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "<html>Sign in</html>, <html>Sign in</html>",
    "not { JSON, not { JSON",
    "{'error': 1}, {'error': 1}"
  })
  void text_thatIsNoJson_isKept(String text, String kept) throws IOException {
    var body = read(text);
    body.readText();

    assertThat(body.text()).isEqualTo(kept);
  }

  @Test
  void text_inAnotherCharset_isNoJson() throws IOException {
    var body = body();
    body.read(new ByteArrayInputStream("{\"a\":1}".getBytes(UTF_16)));

    assertThat(body.text()).isNotNull();
    assertThat(document("{\"\u00ff\":\"\u00c3(\"}".getBytes(ISO_8859_1)).size()).isEqualTo(1);
  }

  @Test
  void longStrings_areCutAndCostNothing() throws IOException {
    var document = document("{\"a\":\"%s\",\"b\":\"c\"}".formatted("é\\u00e9\\n ".repeat(300_000)));

    assertThat(document.get("a").stringValue().length()).isBetween(10_000, 66_000);
    assertThat(document.get("b").stringValue()).isEqualTo("c");
  }

  @Test
  void documents_manyOrDeep_areBounded() throws IOException {
    assertThat(read("[" + "{},".repeat(200_000) + "{}]").documents().getFirst().size())
        .isLessThan(50_000);
    assertThat(read("data: {\"a\":[{},{},{}]}\n\n".repeat(50_000)).documents().size())
        .isLessThan(10_000);
    assertThat(read("[".repeat(100_000)).text()).isNotNull();
  }

  @Test
  void pictures_many_areBounded() throws IOException {
    var small = Base64.getEncoder().encodeToString(SampleImages.bytes(ImageFormat.GIF, 300, 1));

    var list = read("[" + ("\"" + small + "\",").repeat(150) + "1]").documents().getFirst();

    assertThat(staged(list.get(99))).hasSize(300);
    assertThat(pictures.in(list.get(100).stringValue())).isNull();
    assertThat(list.get(150).stringValue()).isEqualTo("1");
  }

  private JsonNode document(String body) throws IOException {
    return document(body.getBytes(UTF_8));
  }

  /** Read at once and byte by byte, it is the same. */
  private JsonNode document(byte[] body) throws IOException {
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

  private AnswerBody read(String text) throws IOException {
    var body = body();
    body.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    return body;
  }

  private AnswerBody body() {
    return new AnswerBody(pictures, picturesTold::incrementAndGet);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private void assertStaged(JsonNode document) {
    try {
      assertThat(staged(document.at("/x/0/p"))).isEqualTo(png);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] staged(JsonNode text) throws IOException {
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
