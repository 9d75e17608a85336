package dev.nectar.backend.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

  /** Its Base64 is full of both symbols that the alphabets write differently. */
  private static final byte[] BYTES = {
    (byte) 0xfb, (byte) 0xff, (byte) 0xbf, (byte) 0xfe, (byte) 0xfb, (byte) 0xef, 1
  };

  private final String base64 = Base64.getEncoder().encodeToString(BYTES);

  @Test
  void standard_isDecoded() throws IOException {
    assertThat(base64).contains("+", "/", "=");
    assertThat(decode(base64)).isEqualTo(BYTES);
  }

  @Test
  void urlSafe_isDecoded() throws IOException {
    assertThat(decode(Base64.getUrlEncoder().encodeToString(BYTES))).isEqualTo(BYTES);
  }

  @Test
  void padding_missing_isDecoded() throws IOException {
    assertThat(decode(base64.replace("=", ""))).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data:image/png;base64,", "data:image\\/png;base64,", "data:;base64,"})
  void dataPrefix_isSkipped(String prefix) throws IOException {
    assertThat(decode(prefix + base64)).isEqualTo(BYTES);
  }

  @Test
  void escapes_areRead() throws IOException {
    assertThat(decode(base64.replace("/", "\\/").replace("+", "\\u002b").replace("=", "\\u003D")))
        .isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\r\\n", " ", "\\t", "\\u000a"})
  void lineBreaks_areSkipped(String lineBreak) throws IOException {
    assertThat(decode(base64.substring(0, 3) + lineBreak + base64.substring(3) + lineBreak))
        .isEqualTo(BYTES);
  }

  @Test
  void empty_isNothing() throws IOException {
    assertThat(decode("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 6_142, 6_143, 6_144, 6_145, 8_190, 8_191, 8_192, 8_193, 12_288, 100_003})
  void length_any_isDecoded(int length) throws IOException {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    assertThat(decode(Base64.getEncoder().encodeToString(bytes))).isEqualTo(bytes);
    assertThat(
            decode(
                "data:image/png;base64,"
                    + Base64.getMimeEncoder().encodeToString(bytes).replace("\r\n", "\\n")))
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b*c", "AAAA=A", "A", "no:AAAA", "AAAA\\u00e9", "data:image/png"})
  void text_notBase64_isRefused(String text) {
    assertThatThrownBy(() -> decode(text)).isInstanceOf(IOException.class);
  }

  @Test
  void string_unclosed_isRefused() {
    assertThatThrownBy(() ->
            Base64Text.decode(
                new ByteArrayInputStream("AAAA".getBytes(UTF_8)), new ByteArrayOutputStream()))
        .isInstanceOf(IOException.class);
  }

  private static byte[] decode(String text) throws IOException {
    var decoded = new ByteArrayOutputStream();
    var json = new ByteArrayInputStream((text + "\", rest").getBytes(ISO_8859_1));
    try (var rest = Base64Text.decode(json, decoded)) {
      assertThat(new String(rest.readAllBytes(), UTF_8)).isEqualTo(", rest");
    }
    return decoded.toByteArray();
  }
}
