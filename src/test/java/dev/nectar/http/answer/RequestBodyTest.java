package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.http.JsonObjectBody.MalformedException;
import dev.nectar.image.ImageTooLargeException;
import dev.nectar.image.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RequestBodyTest {

  private static final String PICTURE =
      "data:image/png;base64," + Base64.getEncoder().encodeToString(SampleImages.png(6_000_000, 1));

  private final StagedPictures pictures = new StagedPictures(null);

  @AfterEach
  void close() {
    pictures.close();
  }

  private ObjectNode read(String body, long maxImageBytes) throws IOException {
    return RequestBody.read(
        new ByteArrayInputStream(body.getBytes(UTF_8)), pictures, maxImageBytes);
  }

  @Test
  void picture_longerThanAllTextMayBe_isPassedOver() throws Exception {
    var body =
        read("{\"url\":\"" + PICTURE + "\",\"text\":\"![x](" + PICTURE + ") y\"}", 3_000_000);

    assertThat(body.get("url").asString()).startsWith("data:image/").hasSizeLessThan(100);
    assertThat(body.get("text").asString())
        .startsWith("![x](data:image/")
        .endsWith(") y")
        .hasSizeLessThan(100);
    assertThat(pictures.size()).isEqualTo(2);
  }

  @Test
  void text_staysWhole() throws Exception {
    var text = "湖".repeat(1_000_000);

    assertThat(read("{\"a\":\"" + text + "\",\"n\":1.5}", 0).get("a").asString()).isEqualTo(text);
  }

  @Test
  void text_ofMoreThan4Megabytes_isMalformed() {
    assertMalformed("{\"a\":\"" + "a".repeat(4 << 20) + "\"}", 25_000_000);
  }

  @Test
  void pictures_beyondTheBound_areTooLarge() {
    var body = "{\"url\":\"" + PICTURE + "\",\"b\":\"" + PICTURE + "\"}";

    assertThatThrownBy(() -> read(body, 1_000_000)).isInstanceOf(ImageTooLargeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"a\"", "null", "{\"a\":}", "{\"a\":\"b"})
  void body_thatIsNoObject_isMalformed(String body) {
    assertMalformed(body, 0);
  }

  @Test
  void body_ofTooManyOrTooDeepValues_isMalformed() {
    assertMalformed("{\"a\":[" + "[],".repeat(200_000) + "[]]}", 0);
    assertMalformed("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}", 0);
  }

  private void assertMalformed(String body, long maxImageBytes) {
    assertThatThrownBy(() -> read(body, maxImageBytes))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("The body is not a JSON object of at most ");
  }
}
