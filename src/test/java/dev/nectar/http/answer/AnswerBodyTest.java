package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of any kind: documents, events, texts, whole or broken off. */
class AnswerBodyTest extends AnswerBodyCase {

  AnswerBodyTest(@TempDir Path directory) {
    super(directory);
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
}
