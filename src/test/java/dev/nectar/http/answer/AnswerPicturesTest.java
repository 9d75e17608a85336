package dev.nectar.http.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.NotAnImageException;
import dev.nectar.image.SampleImages;
import dev.nectar.image.TruncatedImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in answers, in every form that they come in. */
class AnswerPicturesTest extends AnswerBodyCase {

  AnswerPicturesTest(@TempDir Path directory) {
    super(directory);
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

  @Test
  void pictures_many_areBounded() throws IOException {
    var small = Base64.getEncoder().encodeToString(SampleImages.bytes(ImageFormat.GIF, 300, 1));

    var list = read("[" + ("\"" + small + "\",").repeat(150) + "1]").documents().getFirst();

    assertThat(staged(list.get(99))).hasSize(300);
    assertThat(pictures.in(list.get(100).stringValue())).isNull();
    assertThat(list.get(150).stringValue()).isEqualTo("1");
  }
}
