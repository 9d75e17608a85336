package dev.nectar.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nectar.http.JsonObjectBody;
import dev.nectar.image.ImageRequest;
import dev.nectar.image.ImageSize;
import dev.nectar.image.InvalidImageRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesOrderTest {

  private static ImagesOrder order(String json) {
    try {
      var body = JsonObjectBody.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
      return ImagesOrder.of(body, Optional.empty(), new Random(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void order_ofAPromptAlone_isOnePlainImage() {
    var order = order("{\"prompt\":\"an apple\"}");

    assertThat(order.first()).isEqualTo(new ImageRequest("an apple", null, null, 42, false));
    assertThat(order.count()).isEqualTo(1);
    assertThat(order.seedNamed()).isFalse();
    assertThat(order.form()).isEqualTo(ResponseForm.BOTH);
    assertThat(order.streamed()).isFalse();
  }

  @Test
  void order_full_hasAllOfIt() {
    var order =
        order(
            """
            {"prompt": "an apple", "model": "m", "n": 1, "size": "640x480", "seed": 7,
             "quality": "high", "background": "opaque", "output_format": "webp", "style": "vivid",
             "negative_prompt": "pears", "guidance_scale": 7.0, "response_format": "url",
             "moderation": "low", "user": "me", "stream": false, "unknown": {"a": [1]},
             "width": 1, "height": "tall", "partial_images": 3}
            """);

    assertThat(order.form()).isEqualTo(ResponseForm.LINK);
    assertThat(order.seedNamed()).isTrue();
    assertThat(order.first())
        .satisfies(image -> {
          assertThat(image.size()).isEqualTo(new ImageSize(640, 480));
          assertThat(image.model()).isEqualTo("m");
          assertThat(image.seed()).isEqualTo(7);
          assertThat(image.extras().texts())
              .isEqualTo(
                  Map.of(
                      "quality", "high",
                      "background", "opaque",
                      "output_format", "webp",
                      "style", "vivid",
                      "negative_prompt", "pears",
                      "guidance_scale", "7"));
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 10", "1.0, 1", "10.00, 10", "'\"2\"', 2", "'\"2.0\"', 2", "null, 1"})
  void count_howeverWritten_isTaken(String written, int count) {
    assertThat(order("{\"prompt\":\"a\",\"n\":%s}".formatted(written)).count()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"null, false", "'\"\"', false", "-1, true", "7, true", "'\"7\"', true"})
  void seed_nullOrEmpty_isNotNamed(String written, boolean named) {
    assertThat(order("{\"prompt\":\"a\",\"seed\":%s}".formatted(written)).seedNamed())
        .isEqualTo(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"640x480", "640X480", "640*480"})
  void size_howeverWritten_isTaken(String written) {
    assertThat(order("{\"prompt\":\"a\",\"size\":\"%s\"}".formatted(written)).first().size())
        .isEqualTo(new ImageSize(640, 480));
  }

  /** Some clients escape whatever is not ASCII. */
  @Test
  void prompt_ofTheGreatestLength_isTaken() {
    var prompt = "🍎".repeat(32_000);
    var escaped = "\\ud83c\\udf4e".repeat(32_000);

    assertThat(order("{\"prompt\":\"%s\"}".formatted(prompt)).first().prompt()).isEqualTo(prompt);
    assertThat(order("{\"prompt\":\"%s\"}".formatted(escaped)).first().prompt()).isEqualTo(prompt);
  }

  @ParameterizedTest
  @CsvSource({
    "null, null, BOTH",
    "null, '\"dall-e-2\"', BOTH",
    "null, '\"dall-e-3\"', BOTH",
    "null, '\"gpt-image-1\"', BYTES",
    "'\"b64_json\"', '\"dall-e-3\"', BYTES",
    "'\"url\"', '\"gpt-image-1\"', LINK",
    "'\"url\"', null, LINK"
  })
  void form_leftOpen_isThatOfTheModel(String format, String model, ResponseForm form) {
    var order =
        order("{\"prompt\":\"a\",\"response_format\":%s,\"model\":%s}".formatted(format, model));

    assertThat(order.form()).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "null, false"})
  void stream_asked_isTaken(String written, boolean streamed) {
    assertThat(order("{\"prompt\":\"a\",\"stream\":%s}".formatted(written)).streamed())
        .isEqualTo(streamed);
  }

  @Test
  void model_ofThePath_isTheModel() {
    var body = new HashMap<String, @Nullable Object>(Map.of("prompt", "a", "model", "body"));

    var order = ImagesOrder.of(body, Optional.of("path"), new Random(5));

    assertThat(order.first().model()).isEqualTo("path");
  }

  @ParameterizedTest
  @CsvSource({"auto", "null", "''"})
  void size_leftOpen_isNone(String size) {
    var json = size.equals("null") ? size : '"' + size + '"';

    assertThat(order("{\"prompt\":\"a\",\"size\":%s}".formatted(json)).first().size()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "prompt; {}",
        "prompt; {\"prompt\":\" \"}",
        "prompt; {\"prompt\":[\"a\"]}",
        "n; {\"prompt\":\"a\",\"n\":0}",
        "n; {\"prompt\":\"a\",\"n\":11}",
        "n; {\"prompt\":\"a\",\"n\":-1}",
        "n; {\"prompt\":\"a\",\"n\":\"two\"}",
        "n; {\"prompt\":\"a\",\"n\":1.5}",
        "n; {\"prompt\":\"a\",\"n\":[1]}",
        "size; {\"prompt\":\"a\",\"size\":\"15x64\"}",
        "size; {\"prompt\":\"a\",\"size\":\"64x4097\"}",
        "size; {\"prompt\":\"a\",\"size\":\"64\"}",
        "size; {\"prompt\":\"a\",\"size\":\"large\"}",
        "size; {\"prompt\":\"a\",\"size\":{}}",
        "seed; {\"prompt\":\"a\",\"seed\":\"x\"}",
        "quality; {\"prompt\":\"a\",\"quality\":\"very high\"}",
        "model; {\"prompt\":\"a\",\"model\":true}",
        "seed; {\"prompt\":\"a\",\"seed\":1.5}",
        "size; {\"prompt\":\"a\",\"size\":\"64**64\"}",
        "stream; {\"prompt\":\"a\",\"stream\":\"maybe\"}",
        "partial_images; {\"prompt\":\"a\",\"partial_images\":4}",
        "partial_images; {\"prompt\":\"a\",\"partial_images\":-1}",
        "response_format; {\"prompt\":\"a\",\"response_format\":\"png\"}"
      })
  void order_faulty_namesTheParameter(String parameter, String json) {
    assertThatThrownBy(() -> order(json))
        .isInstanceOfSatisfying(
            InvalidImageRequestException.class,
            fault -> assertThat(fault.parameter()).isEqualTo(parameter));
  }
}
