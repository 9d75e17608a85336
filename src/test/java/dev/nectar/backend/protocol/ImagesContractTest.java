package dev.nectar.backend.protocol;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static dev.nectar.backend.protocol.Bench.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request.Part;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nectar.backend.PaintRequest;
import dev.nectar.backend.Protocol;
import dev.nectar.image.ImageExtras;
import dev.nectar.image.ImageFormat;
import dev.nectar.image.ImageSize;
import dev.nectar.image.SampleImages;
import dev.nectar.image.staging.InputImages;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImagesContractTest extends ImageBackendContract {

  @Override
  Protocol protocol() {
    return Protocol.IMAGES;
  }

  @Override
  String painting(String base64) {
    return "{\"data\":[{\"b64_json\":\"" + base64 + "\"}]}";
  }

  @Override
  String linking(String url) {
    return "{\"data\":[{\"url\":\"" + url + "\"}]}";
  }

  @Override
  Map.Entry<Integer, String> refusal() {
    return Map.entry(400, "{\"error\":{\"code\":\"moderation_blocked\"}}");
  }

  @Override
  String silence() {
    return "{\"data\":[]}";
  }

  @Override
  String path() {
    return "/v1/images/generations";
  }

  @Override
  String inputPath() {
    return "/v1/images/edits";
  }

  @Override
  String inputPrompt(LoggedRequest call) {
    return call.getPart("prompt").getBody().asString();
  }

  @Override
  List<byte[]> inputs(LoggedRequest call) {
    return call.getParts().stream()
        .filter(part -> part.getName().equals("image[]"))
        .map(part -> part.getBody().asBytes())
        .toList();
  }

  @Override
  byte @Nullable [] mask(LoggedRequest call) {
    return call.getPart("mask").getBody().asBytes();
  }

  @Override
  String prompt(JsonNode body) {
    return body.path("prompt").asString("");
  }

  @Override
  String shapeName() {
    return "size";
  }

  @Override
  String shape(JsonNode body) {
    return body.path("size").asString("");
  }

  @Override
  List<String> shapes() {
    return List.of("1024x768", "1024x1024");
  }

  @Override
  String shapePath() {
    return "$[?(@.size == '1024x768')]";
  }

  @Override
  String seedPath() {
    return "$.seed";
  }

  @Override
  List<String> placeless() {
    return List.of();
  }

  @Test
  void input_comesInAForm() throws Exception {
    paints();
    var inputs =
        new InputImages(
            List.of(stage(SampleImages.bytes(ImageFormat.JPEG, 900, 1))), null, List.of());
    var extras = ImageExtras.ofTexts(Map.of("quality", "high"));

    bytes(
        ask(
            new PaintRequest(
                "a “red” äpfel, 红", new ImageSize(640, 480), null, 7, extras, inputs)));

    var form = painter.calls().getFirst();
    assertThat(form.getParts())
        .extracting(Part::getName)
        .containsExactlyInAnyOrder("image[]", "prompt", "n", "seed", "size", "model", "quality");
    for (var text :
        Map.of(
                "prompt", "a “red” äpfel, 红",
                "n", "1",
                "seed", "7",
                "size", "640x480",
                "model", MODEL,
                "quality", "high")
            .entrySet()) {
      assertThat(form.getPart(text.getKey()).getBody().asBytes())
          .asString(UTF_8)
          .isEqualTo(text.getValue());
    }
    assertThat(form.getPart("image[]").getHeader("Content-Type").firstValue())
        .isEqualTo("image/jpeg");
    assertThat(form.getPart("image[]").getFileName()).isEqualTo("image.jpg");
    assertThat(form.getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
  }

  @Test
  void mask_thatIsUnknown_isLeftOut() throws Exception {
    paints();
    painter
        .server()
        .stubFor(
            any(anyUrl())
                .withMultipartRequestBody(aMultipart("mask"))
                .willReturn(
                    aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":{\"message\":\"Unknown parameter: 'mask'.\"}}")));
    var input = stage(SampleImages.png(900, 1));

    bytes(ask(from(new InputImages(List.of(input), stage(SampleImages.png(900, 2)), List.of()))));

    assertThat(painter.calls()).hasSize(2);
    assertThat(painter.calls().getLast().getParts())
        .extracting(Part::getName)
        .contains("image[]")
        .doesNotContain("mask");
  }
}
