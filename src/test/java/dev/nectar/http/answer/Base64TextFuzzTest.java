package dev.nectar.http.answer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nectar.http.answer.Base64Text.Extent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A string is decoded as a JSON parser and a Base64 decoder would together, or refused. */
class Base64TextFuzzTest {

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Decoded(byte[] bytes, int read) {}

  @FuzzTest
  void string(byte[] text) {
    decoded(text)
        .ifPresent(decoded ->
            expected(Arrays.copyOf(text, decoded.read()))
                .ifPresent(bytes -> assertThat(decoded.bytes()).isEqualTo(bytes)));

    var base64 = Base64.getMimeEncoder().encodeToString(text).replace("\r\n", "\\n");
    assertThat(decoded((base64 + "\"}").getBytes(ISO_8859_1)).map(Decoded::bytes)).contains(text);
  }

  /** Through the closing quote; empty if there is none, or it is no Base64. */
  private static Optional<Decoded> decoded(byte[] text) {
    var decoded = new ByteArrayOutputStream();
    var window = new ByteWindow(new ByteArrayInputStream(text));
    try {
      Base64Text.decode(window, Extent.STRING, decoded);
      if (!window.has(1)) {
        return Optional.empty();
      }
      assertThat(window.next()).isEqualTo('"');
      var rest = new ByteArrayOutputStream();
      window.transferTo(rest);
      return Optional.of(new Decoded(decoded.toByteArray(), text.length - rest.size()));
    } catch (IOException e) {
      assertThat(e).isExactlyInstanceOf(IOException.class);
      return Optional.empty();
    }
  }

  /** Empty if the parser does not take the string: some of its escapes are no JSON. */
  private static Optional<byte[]> expected(byte[] text) {
    String string;
    try {
      var json = '"' + new String(text, ISO_8859_1).replaceAll("[\r\n\t]", " ");
      string = JsonMapper.shared().readValue(json, String.class);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    var base64 = string.replaceAll("[\\s=]", "");
    return Optional.of(Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/')));
  }
}
