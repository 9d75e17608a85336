package dev.nectar.server;

import static dev.nectar.server.NectarServer.json;
import static dev.nectar.server.NectarServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input pictures that are none, too large or not whole: what is told, and that nothing is left. */
class WrongInputPicturesTest extends InputPicturesCase {

  WrongInputPicturesTest(@TempDir Path cache) {
    super(cache);
  }

  @Test
  void form_withAUrlThatIsNone_leavesNothing() throws Exception {
    var answer =
        send("/prompt", "prompt", "a", "image", FIRST, "image", url("/nothing"), "mask", MASK);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("code").asString()).isEqualTo("failed_to_download_image");
    var malformed = send("/prompt", "prompt", "a", "image", FIRST, "image", "http://");
    assertThat(json(malformed).get("code").asString()).isEqualTo("invalid_image_url");
    assertThat(painter.calls()).isEmpty();
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void json_farAboveTheBound_isTooLarge() throws Exception {
    var base64 = "iVBORw0K".repeat(5 * MAX_BYTES);

    var answer = edit("{\"prompt\":\"b\",\"image\":\"data:image/png;base64," + base64 + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("image_too_large");
    assertThat(json(answer).at("/error/param").asString()).isEqualTo("image");
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "http://,invalid_image_url",
    "ftp://a.example/b.png,invalid_image_url",
    "not a url,invalid_image_url",
    "'data:image/png;base64,@@@@',invalid_image_url",
    "'data:image/png,abc',invalid_image_url",
    "'data:image/png;base64,aGVsbG8gd29ybGQ=',unsupported_image_media_type",
    "http://127.0.0.1:1/private.png,failed_to_download_image",
    "http://[::1]/private.png,failed_to_download_image"
  })
  void url_wrong_isToldByItsCode(String url, String code) throws Exception {
    var answer = edit("{\"prompt\":\"bluer\",\"image\":\"%s\"}".formatted(url));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asString()).as(text(answer)).isEqualTo(code);
    var got = prompt("bluer", url);
    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(json(got).get("code").asString()).isEqualTo(code);
    assertThat(json(got).at("/error/code").asString()).isEqualTo(code);
    assertThat(painter.calls()).isEmpty();
  }

  @Test
  void file_wrong_isToldByItsCode() throws Exception {
    var wide = FIRST.clone();
    Arrays.fill(wide, 16, 20, (byte) 0x7f);
    for (var wrong :
        Map.of(
                "/cut.png", Map.entry(Arrays.copyOf(FIRST, 1_000), "unsupported_image_media_type"),
                "/page.html", Map.entry("<html>".getBytes(UTF_8), "unsupported_image_media_type"),
                "/a.gif",
                    Map.entry(
                        SampleImages.bytes(ImageFormat.GIF, 500, 1),
                        "unsupported_image_media_type"),
                "/large.png", Map.entry(SampleImages.png(MAX_BYTES + 1, 1), "image_too_large"),
                "/wide.png", Map.entry(wide, "image_too_large"))
            .entrySet()) {
      serve(wrong.getKey(), wrong.getValue().getKey());
      var code = wrong.getValue().getValue();
      var byUrl = edit("{\"prompt\":\"b\",\"image\":\"" + url(wrong.getKey()) + "\"}");
      assertThat(byUrl.statusCode()).as(wrong.getKey()).isEqualTo(400);
      assertThat(json(byUrl).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      var uploaded = editForm("prompt", "b", "image", wrong.getValue().getKey());
      assertThat(uploaded.statusCode()).as(wrong.getKey()).isEqualTo(400);
      assertThat(json(uploaded).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      assertThat(json(uploaded).at("/error/param").asString()).isEqualTo("image");
      var inline =
          edit("{\"prompt\":\"b\",\"image\":\"" + dataUrl(wrong.getValue().getKey()) + "\"}");
      assertThat(json(inline).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      for (var got :
          List.of(
              prompt("b", url(wrong.getKey())),
              send("/prompt", "prompt", "b", "image", wrong.getValue().getKey()))) {
        assertThat(got.statusCode()).as(wrong.getKey()).isEqualTo(400);
        assertThat(json(got).get("code").asString()).as(wrong.getKey()).isEqualTo(code);
        assertThat(json(got).at("/error/code").asString()).as(wrong.getKey()).isEqualTo(code);
      }
    }
    var gone = edit("{\"prompt\":\"b\",\"image\":\"" + url("/nothing") + "\"}");
    assertThat(json(gone).at("/error/code").asString()).isEqualTo("failed_to_download_image");
    assertThat(painter.calls()).isEmpty();
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/edits, prompt",
    "/v1/images/edits, other",
    "/prompt, prompt",
    "/prompt, other"
  })
  void form_withALongText_isToldWhichFieldItIs(String path, String field) throws Exception {
    var answer = send(path, "image", FIRST, field, "a".repeat(600_000));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("The field '" + field + "' is too long");
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/images/edits", "/prompt"})
  void form_withALongUrl_isToldWhichFieldItIs(String path) throws Exception {
    var answer = send(path, "prompt", "a", "mask", "http://a.example/" + "a".repeat(600_000));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("The field 'mask' is too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/images/edits", "/prompt"})
  void form_withALongPartHeader_isMalformed(String path) throws Exception {
    var answer = send(path, "prompt", "a", "b".repeat(200_000), "c", "image", FIRST);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer))
        .contains("The form is malformed: the headers of a part are over 8192 bytes.")
        .doesNotContain("image_too_large");
  }

  @Test
  void pictures_tooManyOrTooLargeTogether_areRefused() throws Exception {
    var many = new Object[2 * 17 + 2];
    var large = new Object[2 * 5 + 2];
    many[0] = large[0] = "prompt";
    many[1] = large[1] = "bluer";
    for (var i = 2; i < many.length; i += 2) {
      many[i] = "image[]";
      many[i + 1] = FIRST;
    }
    for (var i = 2; i < large.length; i += 2) {
      large[i] = "image[]";
      large[i + 1] = SampleImages.png(MAX_BYTES - 1, i);
    }

    assertThat(editForm(many).statusCode()).isEqualTo(400);
    var answer = editForm(large);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asString()).isEqualTo("image_too_large");
    assertThat(edit("{\"prompt\":\"bluer\"}").statusCode()).isEqualTo(400);
    assertThat(editForm("prompt", "bluer", "mask", MASK).statusCode()).isEqualTo(400);
    assertThat(painter.calls()).isEmpty();
    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
  }

  @Test
  void upload_withoutTheKey_isNotRead() throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + nectar.port() + EDITS))
                .header("Content-Type", MultipartBody.TYPE)
                .POST(BodyPublishers.ofByteArray(MultipartBody.of("prompt", "a", "image", FIRST)))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/edits, multipart/form-data; boundary=limit",
    "/v1/images/edits, application/json",
    "/prompt, multipart/form-data; boundary=limit"
  })
  void upload_thatBreaksOff_leavesNothing(String path, String type) throws Exception {
    var large = SampleImages.png(500_000, 9);
    var body =
        type.equals("application/json")
            ? "{\"prompt\":\"a\",\"image\":[\"%s\",\"%s\"]}"
                .formatted(dataUrl(FIRST), dataUrl(large))
                .getBytes(UTF_8)
            : MultipartBody.of("prompt", "a", "image", FIRST, "image", large);
    try (var socket = new Socket("localhost", nectar.port())) {
      var out = socket.getOutputStream();
      out.write(
          """
          POST %s HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: %s\r
          Content-Length: %d\r
          \r
          """
              .formatted(path, NectarServer.KEY, type, body.length)
              .getBytes(UTF_8));
      out.write(body, 0, 300_000);
      out.flush();
      await().untilAsserted(() -> assertThat(temporary()).hasSize(2));
    }

    await().untilAsserted(() -> assertThat(temporary()).isEmpty());
    assertThat(painter.calls()).isEmpty();
  }
}
