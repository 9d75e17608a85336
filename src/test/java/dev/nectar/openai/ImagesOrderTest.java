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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesOrderTest {

  private static ImagesOrder order(String json) {
    try {
      var body = JsonObjectBody.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
      return ImagesOrder.of(body, new Random(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void order_ofAPromptAlone_isOnePlainImage() {
    var order = order("{\"prompt\":\"an apple\"}");

    assertThat(order.images()).containsExactly(new ImageRequest("an apple", null, null, 42, false));
    assertThat(order.linked()).isFalse();
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
             "width": 1, "height": "tall"}
            """);

    assertThat(order.linked()).isTrue();
    assertThat(order.images())
        .singleElement()
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
  @CsvSource({"null, 42 43 44", "7, 7 8 9", "2147483646, 2147483646 2147483647 0"})
  void images_several_haveSuccessiveSeeds(String seed, String seeds) {
    var order = order("{\"prompt\":\"an apple\",\"n\":3,\"seed\":%s}".formatted(seed));

    assertThat(order.images().stream().map(image -> Integer.toString(image.seed())))
        .containsExactly(seeds.split(" "));
  }

  @Test
  void images_ofADrawnSeed_areAllDrawn() {
    var images = order("{\"prompt\":\"an apple\",\"n\":4,\"seed\":-1}").images();

    assertThat(images).hasSize(4).allMatch(ImageRequest::seedDrawn);
    assertThat(images.stream().map(ImageRequest::seed)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"auto", "null", "''"})
  void size_leftOpen_isNone(String size) {
    var json = size.equals("null") ? size : '"' + size + '"';

    assertThat(order("{\"prompt\":\"a\",\"size\":%s}".formatted(json)).images().getFirst().size())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "prompt; {}",
        "prompt; {\"prompt\":\" \"}",
        "prompt; {\"prompt\":[\"a\"]}",
        "n; {\"prompt\":\"a\",\"n\":0}",
        "n; {\"prompt\":\"a\",\"n\":5}",
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
        "stream; {\"prompt\":\"a\",\"stream\":true}",
        "response_format; {\"prompt\":\"a\",\"response_format\":\"png\"}"
      })
  void order_faulty_namesTheParameter(String parameter, String json) {
    assertThatThrownBy(() -> order(json))
        .isInstanceOfSatisfying(
            InvalidImageRequestException.class,
            fault -> assertThat(fault.parameter()).isEqualTo(parameter));
  }
}
