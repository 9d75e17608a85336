package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.http.answer.Base64Text.Extent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
      ints = {
        1, 2, 3, 3_070, 3_071, 3_072, 3_073, 6_142, 6_143, 6_144, 6_145, 8_190, 8_191, 8_192, 8_193,
        12_288, 49_152, 49_153, 100_003
      })
  void length_any_isDecoded(int length) throws IOException {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    assertThat(decode(Base64.getEncoder().encodeToString(bytes))).isEqualTo(bytes);
    assertThat(decode(Base64.getMimeEncoder().encodeToString(bytes).replace("\r\n", "\\n")))
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b*c", "AAAA=A", "A", "no:AAAA", "AAAA\\u00e9", "data:image/png"})
  void text_notBase64_isRefused(String text) {
    assertThatThrownBy(() -> decode(text)).isInstanceOf(IOException.class);
  }

  @Test
  void string_unclosed_isDecodedAsFarAsItGoes() throws IOException {
    var decoded = new ByteArrayOutputStream();
    var json = new ByteWindow(new ByteArrayInputStream("AAAA".getBytes(UTF_8)));

    Base64Text.decode(json, Extent.STRING, decoded);

    assertThat(decoded.toByteArray()).hasSize(3);
    assertThat(json.peek()).isEqualTo(ByteWindow.END);
  }

  @ParameterizedTest
  @CsvSource({
    "'AAAA as you wished', ' as you wished'",
    "'AAA=) and', ') and'",
    "'AAA=BBBB', 'BBBB'",
    "'AA\\nAA\\n\\nWith regards', '\\nWith regards'",
    "'AA\\r\\nAA,', ','",
    "'AAAA', ''"
  })
  void word_endsBeforeWhatIsNoneOfIt(String text, String rest) throws IOException {
    var decoded = new ByteArrayOutputStream();
    var json = new ByteWindow(new ByteArrayInputStream((text + "\"").getBytes(UTF_8)));

    Base64Text.decode(json, Extent.WORD, decoded);

    assertThat(decoded.size()).isBetween(2, 3);
    assertThat(new String(json.head(json.available()), UTF_8)).isEqualTo(rest + "\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {3_069, 3_070, 3_071, 3_072, 6_142, 49_150, 100_003})
  void word_followedByMuchElse_endsBeforeIt(int length) throws IOException {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    var rest = ") and so on; ".repeat(1_000);
    var decoded = new ByteArrayOutputStream();
    var text = Base64.getEncoder().encodeToString(bytes) + rest;
    var json = new ByteWindow(new ByteArrayInputStream(text.getBytes(UTF_8)));

    Base64Text.decode(json, Extent.WORD, decoded);

    assertThat(decoded.toByteArray()).isEqualTo(bytes);
    var left = new ByteArrayOutputStream();
    json.transferTo(left);
    assertThat(left.toString(UTF_8)).isEqualTo(rest);
  }

  @Test
  void urlSafeAndEscaped_afterMuchThatIsPlain_areDecoded() throws IOException {
    var plain = "A".repeat(10_000);

    assertThat(decode(plain + "-_\\/+" + plain)).endsWith(decode("-_/+" + plain)).hasSize(15_003);
  }

  private static byte[] decode(String text) throws IOException {
    var decoded = new ByteArrayOutputStream();
    var json = new ByteWindow(new ByteArrayInputStream((text + "\", rest").getBytes(ISO_8859_1)));
    Base64Text.decode(json, Extent.STRING, decoded);
    assertThat(new String(json.head(json.available()), UTF_8)).isEqualTo("\", rest");
    return decoded.toByteArray();
  }
}
