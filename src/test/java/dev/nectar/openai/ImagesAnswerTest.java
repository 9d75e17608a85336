package dev.nectar.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nectar.backend.Usage;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
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
import org.jspecify.annotations.Nullable;
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

  private static OpenAiPicture inline(
      InputStream bytes, ImageFormat format, @Nullable String prompt) {
    return new OpenAiPicture(null, bytes, format, null, prompt, null);
  }

  private static OpenAiPicture link(
      String url, ImageFormat format, @Nullable ImageSize pixels, @Nullable String prompt) {
    return new OpenAiPicture(url, null, format, pixels, prompt, null);
  }

  private static OpenAiPicture using(@Nullable String usage) {
    var told = usage == null ? null : Usage.of(JsonMapper.shared().readTree(usage)).orElseThrow();
    return new OpenAiPicture("https://a.example/1", null, ImageFormat.PNG, null, null, told);
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
    answer.add(inline(bytes(length), ImageFormat.PNG, "an apple"));
    answer.add(inline(bytes(length + 1), ImageFormat.PNG, null));

    var data = written(answer).get("data");

    assertThat(Base64.getDecoder().decode(data.at("/0/b64_json").asString()))
        .isEqualTo(bytes(length).readAllBytes());
    assertThat(Base64.getDecoder().decode(data.at("/1/b64_json").asString()))
        .isEqualTo(bytes(length + 1).readAllBytes());
    assertThat(data.at("/0").propertyNames()).containsExactly("b64_json");
  }

  @Test
  void facts_asAsked_areTold() {
    var answer =
        answer(Map.of("width", "16", "height", "16", "quality", "high", "background", "opaque"));
    answer.add(
        link("https://a.example/1", ImageFormat.JPEG, new ImageSize(1024, 1536), "a ripe apple"));

    assertThat(written(answer))
        .hasToString(
            "{\"created\":1800000000,\"size\":\"1024x1536\",\"quality\":\"high\","
                + "\"background\":\"opaque\",\"output_format\":\"jpeg\",\"data\":["
                + "{\"url\":\"https://a.example/1\",\"revised_prompt\":\"a ripe apple\"}]}");
  }

  @Test
  void facts_thatNobodyAskedFor_areAuto() {
    var answer = answer(Map.of());
    answer.add(link("https://a.example/1", ImageFormat.PNG, null, "an apple"));

    assertThat(written(answer))
        .hasToString(
            "{\"created\":1800000000,\"quality\":\"auto\",\"background\":\"auto\","
                + "\"output_format\":\"png\",\"data\":[{\"url\":\"https://a.example/1\"}]}");
  }

  @Test
  void sizeAndFormat_beyondTheSpecification_areLeftOut() {
    var answer = answer(Map.of("width", "1024", "height", "1024"));
    answer.add(link("https://a.example/1", ImageFormat.GIF, new ImageSize(640, 480), null));

    assertThat(written(answer).propertyNames())
        .containsExactly("created", "quality", "background", "data");
  }

  @Test
  void sizeAndFormat_ofDifferentImages_areLeftOut() {
    var answer = answer(Map.of());
    answer.add(link("https://a.example/1", ImageFormat.PNG, new ImageSize(1024, 1024), null));
    answer.add(link("https://a.example/2", ImageFormat.WEBP, new ImageSize(1024, 1536), null));

    assertThat(written(answer).has("output_format")).isFalse();
    assertThat(written(answer).has("size")).isFalse();
  }

  @Test
  void image_withBytesAndLink_hasBoth() {
    var answer = answer(Map.of());
    answer.add(
        new OpenAiPicture(
            "https://a.example/1",
            new ByteArrayInputStream(new byte[] {1, 2, 3}),
            ImageFormat.PNG,
            null,
            null,
            null));

    assertThat(written(answer).at("/data/0"))
        .hasToString("{\"url\":\"https://a.example/1\",\"b64_json\":\"AQID\"}");
  }

  @Test
  void usage_ofSeveral_isTheSum() {
    var answer = answer(Map.of());
    answer.add(
        using(
            "{\"input_tokens\":10,\"output_tokens\":4160,\"total_tokens\":4170,"
                + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":0}}"));
    answer.add(using(null));
    answer.add(
        using(
            "{\"input_tokens\":12,\"input_tokens_details\":{\"text_tokens\":12},"
                + "\"cost\":4e-02,\"service_tier\":\"default\"}"));

    assertThat(written(answer).get("usage"))
        .hasToString(
            "{\"input_tokens\":22,\"output_tokens\":4160,\"total_tokens\":4170,"
                + "\"input_tokens_details\":{\"text_tokens\":22,\"image_tokens\":0},"
                + "\"cost\":0.04}");
  }

  @Test
  void usage_thatNobodyKnows_isLeftOut() {
    var answer = answer(Map.of());
    answer.add(using(null));

    assertThat(written(answer).has("usage")).isFalse();
  }

  @Test
  void image_large_passesThroughSmallBuffers() {
    var answer = answer(Map.of());
    answer.add(inline(new Zeros(64 << 20, false), ImageFormat.PNG, null));
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadAllocatedBytes();

    answer.writeTo(OutputStream.nullOutputStream());

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }

  @Test
  void image_thatBreaksOff_doesNotLookComplete() {
    var answer = answer(Map.of());
    answer.add(inline(new Zeros(10_000, true), ImageFormat.PNG, null));
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
      answer.add(
          inline(
              new ByteArrayInputStream(new byte[1]) {
                @Override
                public void close() throws IOException {
                  closed[number] = true;
                  throw new IOException("faulty");
                }
              },
              ImageFormat.PNG,
              null));
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
