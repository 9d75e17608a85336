package dev.nectar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenCompletedEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client for Java works unchanged against the demo. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class OpenAiJavaTest {

  private final NectarServer nectar;
  private final OpenAIClient client;

  OpenAiJavaTest(@TempDir Path cache) {
    nectar = NectarServer.start(cache, "http://unused", Map.of("spring.profiles.active", "demo"));
    client = client("demo");
  }

  private OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl("http://localhost:" + nectar.port() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  @AfterAll
  void stop() {
    client.close();
    nectar.close();
  }

  private static ImageGenerateParams.Builder params(String prompt) {
    return ImageGenerateParams.builder().prompt(prompt).size("64x64");
  }

  @Test
  void images_three_areThreeDifferentOnes() {
    var params =
        params("three apples")
            .n(3)
            .quality(ImageGenerateParams.Quality.HIGH)
            .background(ImageGenerateParams.Background.OPAQUE);

    var answer = client.images().generate(params.build());

    answer.validate();
    assertThat(answer.data().orElseThrow())
        .extracting(image -> image.b64Json().orElseThrow())
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allSatisfy(base64 ->
            assertThat(ImageFormat.of(Base64.getDecoder().decode(base64)))
                .contains(ImageFormat.PNG));
  }

  private byte[] painted(long seed) {
    var answer = client.images().generate(params("picture " + seed).build());
    return Base64.getDecoder()
        .decode(answer.data().orElseThrow().getFirst().b64Json().orElseThrow());
  }

  private MultipartField<ImageEditParams.Image> picture(long... seeds) {
    var streams =
        Arrays.stream(seeds)
            .<InputStream>mapToObj(seed -> new ByteArrayInputStream(painted(seed)))
            .toList();
    var image =
        streams.size() == 1
            ? ImageEditParams.Image.ofInputStream(streams.getFirst())
            : ImageEditParams.Image.ofInputStreams(streams);
    return MultipartField.<ImageEditParams.Image>builder()
        .value(image)
        .filename("a.png")
        .contentType("image/png")
        .build();
  }

  private String edited(ImageEditParams.Builder params) {
    var answer =
        client
            .images()
            .edit(
                params
                    .prompt("bluer")
                    .size("64x64")
                    .quality(ImageEditParams.Quality.HIGH)
                    .background(ImageEditParams.Background.OPAQUE)
                    .build());
    answer.validate();
    return answer.data().orElseThrow().getFirst().b64Json().orElseThrow();
  }

  @Test
  void edit_ofOneOfSeveralAndWithAMask_areDifferentPictures() {
    var one = edited(ImageEditParams.builder().image(picture(1)));
    var several = edited(ImageEditParams.builder().image(picture(1, 2)));
    var masked =
        edited(
            ImageEditParams.builder().image(picture(1)).mask(new ByteArrayInputStream(painted(3))));

    assertThat(List.of(one, several, masked)).doesNotHaveDuplicates();
    assertThat(ImageFormat.of(Base64.getDecoder().decode(one))).contains(ImageFormat.PNG);
  }

  @Test
  void edit_ofWhatIsNoPicture_isARefusal() {
    var params =
        ImageEditParams.builder()
            .prompt("bluer")
            .image(new ByteArrayInputStream("text".getBytes(UTF_8)))
            .build();

    assertThatThrownBy(() -> client.images().edit(params))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            e -> assertThat(e.code()).contains("unsupported_image_media_type"));
  }

  @Test
  @SuppressWarnings("deprecation") // OpenAI's newest models give no links, many clients want them
  void link_opensWithoutTheKey() throws Exception {
    var linked = ImageGenerateParams.ResponseFormat.URL;

    var answer = client.images().generate(params("a linked apple").responseFormat(linked).build());

    var url = URI.create(answer.data().orElseThrow().getFirst().url().orElseThrow());
    var image = nectar.get(url.getRawPath() + "?" + url.getRawQuery());
    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(ImageFormat.of(image.body())).contains(ImageFormat.PNG);
  }

  @Test
  void events_areOneAPicture() {
    var params = params("two streamed apples").n(2).quality(ImageGenerateParams.Quality.HIGH);

    try (var stream = client.images().generateStreaming(params.build())) {
      assertThat(stream.stream().map(ImageGenStreamEvent::asGenerationCompleted))
          .hasSize(2)
          .allSatisfy(event -> {
            event.validate();
            assertThat(event.size()).isEqualTo(ImageGenCompletedEvent.Size.AUTO);
            assertThat(event.quality()).isEqualTo(ImageGenCompletedEvent.Quality.HIGH);
            assertThat(ImageFormat.of(Base64.getDecoder().decode(event.b64Json())))
                .contains(ImageFormat.PNG);
          });
    }
  }

  @Test
  void client_thatTimesOutAndTriesAgain_costsOneCall(@TempDir Path directory) {
    try (var painter = Painter.start();
        var slow = NectarServer.start(directory, painter.url())) {
      painter.answers(Painter.painting(SampleImages.png(5_000, 1)).withFixedDelay(2_000));
      var hasty =
          OpenAIOkHttpClient.builder()
              .baseUrl("http://localhost:" + slow.port() + "/v1")
              .apiKey(NectarServer.KEY)
              .timeout(Duration.ofSeconds(1))
              .maxRetries(9)
              .build();

      assertThat(hasty.images().generate(params("an apple").build()).data().orElseThrow())
          .hasSize(1);

      hasty.close();
      assertThat(painter.calls()).hasSize(1);
    }
  }

  @Test
  void model_isDescribed() {
    assertThat(client.models().retrieve("demo-painter").validate().id()).isEqualTo("demo-painter");
    assertThatThrownBy(() -> client.models().retrieve("no/model"))
        .isInstanceOfSatisfying(
            NotFoundException.class, error -> assertThat(error.code()).contains("model_not_found"));
  }

  @Test
  void models_areListed() {
    assertThat(client.models().list().data())
        .singleElement()
        .satisfies(model -> assertThat(model.validate().id()).isEqualTo("demo-painter"));
  }

  @Test
  void key_wrong_isUnauthorized() {
    var stranger = client("wrong");

    assertThatThrownBy(() -> stranger.models().list())
        .isInstanceOfSatisfying(
            UnauthorizedException.class,
            error -> assertThat(error.code()).contains("invalid_api_key"));
    stranger.close();
  }

  @Test
  void prompt_refused_isContentPolicyViolation() {
    assertThatThrownBy(() -> client.images().generate(params("forbidden always").build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            error -> assertThat(error.code()).contains("content_policy_violation"));
  }

  @Test
  void parameter_wrong_isNamed() {
    assertThatThrownBy(() -> client.images().generate(params("a").size("1x1").build()))
        .isInstanceOfSatisfying(
            BadRequestException.class, error -> assertThat(error.param()).contains("size"));
  }
}
