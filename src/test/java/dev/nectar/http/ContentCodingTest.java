package dev.nectar.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {

  private static final byte[] BYTES = "what was said ".repeat(100).getBytes(UTF_8);

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", " x-gzip "})
  void gzip_isDecoded(String coding) throws IOException {
    assertThat(decoded(coding, encoded(GZIPOutputStream::new))).isEqualTo(BYTES);
  }

  @Test
  void deflate_withAndWithoutItsHeader_isDecoded() throws IOException {
    assertThat(decoded("deflate", encoded(DeflaterOutputStream::new))).isEqualTo(BYTES);
    assertThat(
            decoded(
                "deflate", encoded(out -> new DeflaterOutputStream(out, new Deflater(9, true)))))
        .isEqualTo(BYTES);
  }

  @Test
  void body_asItIs_isLeftAlone() throws IOException {
    assertThat(decoded(null, BYTES)).isEqualTo(BYTES);
    assertThat(decoded("identity", BYTES)).isEqualTo(BYTES);
    assertThat(decoded("gzip", new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "br, encoding br",
    "zstd, encoding zstd",
    "'gzip, br', 'encoding gzip, br'",
    "<b>, encoding unknown"
  })
  void coding_unknown_isNamed(String coding, String message) {
    assertThatThrownBy(() -> decoded(coding, BYTES))
        .isInstanceOf(ContentCoding.UnknownException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void body_thatIsNotWhatItsCodingSays_isAFault(String coding) {
    assertThatThrownBy(() -> decoded(coding, BYTES)).isInstanceOf(IOException.class);
  }

  private interface Encoder {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] encoded(Encoder encoder) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = encoder.over(bytes)) {
      out.write(BYTES);
    }
    return bytes.toByteArray();
  }

  private static byte[] decoded(@Nullable String coding, byte[] body) throws IOException {
    var response = new BasicClassicHttpResponse(200);
    if (coding != null) {
      response.setHeader("Content-Encoding", coding);
    }
    response.setEntity(new ByteArrayEntity(body, null));
    try (var decoded = ContentCoding.decoded(response)) {
      return decoded.readAllBytes();
    }
  }
}
