package dev.nectar.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImagesAnswerTest {

  private static ImagesAnswer answer(Map<String, String> parameters) {
    return new ImagesAnswer(
        1_800_000_000, ImageRequest.of("an apple", parameters::get, new Random(1)));
  }

  private static JsonNode written(ImagesAnswer answer) {
    var out = new ByteArrayOutputStream();
    answer.writeTo(out);
    return JsonMapper.shared().readTree(out.toByteArray());
  }

  private static InputStream bytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return new ByteArrayInputStream(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 2_999, 3_000, 3_001, 100_000})
  void bytes_ofAnyLength_areBase64(int length) throws IOException {
    var answer = answer(Map.of());
    answer.addInline(bytes(length), ImageFormat.PNG, "an apple");
    answer.addInline(bytes(length + 1), ImageFormat.PNG, null);

    var data = written(answer).get("data");

    assertThat(Base64.getDecoder().decode(data.at("/0/b64_json").asString()))
        .isEqualTo(bytes(length).readAllBytes());
    assertThat(Base64.getDecoder().decode(data.at("/1/b64_json").asString()))
        .isEqualTo(bytes(length + 1).readAllBytes());
    assertThat(data.at("/0").propertyNames()).containsExactly("b64_json");
  }

  @Test
  void facts_thatTheSpecificationAllows_areTold() {
    var answer =
        answer(
            Map.of("width", "1024", "height", "1536", "quality", "high", "background", "opaque"));
    answer.addLink("https://a.example/1", ImageFormat.JPEG, "a ripe apple");

    assertThat(written(answer))
        .hasToString(
            "{\"created\":1800000000,\"size\":\"1024x1536\",\"quality\":\"high\","
                + "\"background\":\"opaque\",\"output_format\":\"jpeg\",\"data\":["
                + "{\"url\":\"https://a.example/1\",\"revised_prompt\":\"a ripe apple\"}]}");
  }

  @Test
  void facts_beyondTheSpecification_areLeftOut() {
    var answer =
        answer(Map.of("width", "640", "height", "480", "quality", "hd", "background", "auto"));
    answer.addLink("https://a.example/1", ImageFormat.GIF, null);

    assertThat(written(answer).propertyNames()).containsExactly("created", "data");
  }

  @Test
  void format_ofDifferentImages_isLeftOut() {
    var answer = answer(Map.of());
    answer.addLink("https://a.example/1", ImageFormat.PNG, null);
    answer.addLink("https://a.example/2", ImageFormat.WEBP, null);

    assertThat(written(answer).has("output_format")).isFalse();
  }

  @Test
  void image_large_passesThroughSmallBuffers() {
    var answer = answer(Map.of());
    answer.addInline(new Zeros(64 << 20, false), ImageFormat.PNG, null);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadAllocatedBytes();

    answer.writeTo(OutputStream.nullOutputStream());

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }

  @Test
  void image_thatBreaksOff_doesNotLookComplete() {
    var answer = answer(Map.of());
    answer.addInline(new Zeros(10_000, true), ImageFormat.PNG, null);
    var out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> answer.writeTo(out)).hasRootCauseInstanceOf(IOException.class);

    assertThat(out.toString(US_ASCII)).doesNotEndWith("}").doesNotEndWith("]");
  }

  @Test
  void close_ofAFaultyFile_closesTheOthers() {
    var closed = new boolean[3];
    var answer = answer(Map.of());
    for (var i = 0; i < closed.length; i++) {
      var number = i;
      answer.addInline(
          new ByteArrayInputStream(new byte[1]) {
            @Override
            public void close() throws IOException {
              closed[number] = true;
              throw new IOException("faulty");
            }
          },
          ImageFormat.PNG,
          null);
    }

    assertThatThrownBy(answer::close).hasMessage("faulty");

    assertThat(closed).containsOnly(true);
  }

  /** So many zeros, and then an end or a fault. */
  private static final class Zeros extends InputStream {
    private final boolean breaks;
    private int left;

    Zeros(int length, boolean breaks) {
      this.left = length;
      this.breaks = breaks;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        if (breaks) {
          throw new IOException("broken");
        }
        return -1;
      }
      var count = Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
